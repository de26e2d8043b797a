import type { z } from "zod";
import { sha256 } from "#lib/std/sha256.ts";
import { type Asked, asked, type Desk } from "./desk.ts";

/** Answers kept beyond a request, by key. */
export interface ToolCache {
  get(key: string): Promise<string | null>;
  put(entry: { key: string; tool: string; value: string; lifetimeMs: number }): Promise<void>;
}

interface CacheOptions<Request, Value> {
  cache: ToolCache;
  tool: string;
  /** Raised whenever the shape or the meaning of the values changes. */
  version: number;
  /** The settings an answer depends on: with others it is asked for anew. */
  scope: string;
  lifetimeMs: number;
  /** What makes two requests the same. */
  keyOf(request: Request): string;
  /** What is read back is checked like anything from outside. */
  form: z.ZodType<Value>;
  /** Whether an answer is worth keeping: nothing empty, nothing that was only for this moment. */
  keeps(value: Value): boolean;
}

/** Answers from the cache where it can, and keeps what a provider really brought. Failures are never kept. */
export function withCache<Request, Value>(desk: Desk<Request, Value>, options: CacheOptions<Request, Value>): Desk<Request, Value> {
  const { cache, tool, version, scope, lifetimeMs, form } = options;
  const keyOf = (request: Request) => sha256(JSON.stringify([tool, version, scope, desk.name, options.keyOf(request)]));
  const stored = async (key: string): Promise<Asked<Value> | null> => {
    const value = await cache.get(key);
    const parsed = value === null ? null : form.safeParse(JSON.parse(value));
    return parsed?.success ? asked<Value>({ ok: true, value: parsed.data }, { tries: 0, cacheHit: true }) : null;
  };
  return {
    name: desk.name,
    async ask(request, signal) {
      const key = keyOf(request);
      const known = await stored(key);
      if (known) return known;
      const fresh = await desk.ask(request, signal);
      const { answer } = fresh;
      if (answer?.ok && options.keeps(answer.value)) await cache.put({ key, tool, value: JSON.stringify(answer.value), lifetimeMs });
      return fresh;
    },
  };
}
