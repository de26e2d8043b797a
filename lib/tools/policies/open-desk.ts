import type { z } from "zod";
import type { Provider } from "#lib/tools/providers/provider.ts";
import { asked, type Desk, deskOf } from "./desk.ts";
import type { Turns } from "./turns.ts";
import { withBreaker } from "./with-breaker.ts";
import { type ToolCache, withCache } from "./with-cache.ts";
import { withQueue } from "./with-queue.ts";
import { type RetryOptions, withRetry } from "./with-retry.ts";
import { withSingleFlight } from "./with-single-flight.ts";
import { withTurns } from "./with-turns.ts";

export interface DeskOptions<Request, Value> {
  /** Turns counted for all worker processes; absent: for this one. */
  turns?: Turns | undefined;
  retry?: RetryOptions;
  /** Left alone after so many failures in a row; absent: never, because the provider is part of this process. */
  breaker?: { failures?: number; restMs?: number } | undefined;
  /** What makes two requests the same: made once at a time, and kept where there is a cache. Absent: no two are. */
  keyOf?: (request: Request) => string;
  cache?:
    | {
        store: ToolCache;
        tool: string;
        version: number;
        /** The settings an answer depends on. */
        scope: string;
        lifetimeMs: number;
        form: z.ZodType<Value>;
        keeps(value: Value): boolean;
      }
    | undefined;
}

/** A place in the queue of a service that is further away than this is not waited for: the next provider is asked. */
const patienceMs = 20_000;

/**
 * A provider behind everything that makes it dependable. From the outside in: whether it is its own, the same request once at a time, the
 * cache, tries, the queue, the circuit, its turns. The circuit stands behind the queue, so that what waits when it opens does not go on to
 * the service. One desk is opened for a process and serves all its runs, since limits and circuits are about the service.
 */
export function openDesk<Request, Value>(
  provider: Provider<Request, Value>,
  options: DeskOptions<Request, Value> = {},
): Desk<Request, Value> {
  const desk = withPolicies(provider, options);
  return {
    name: desk.name,
    ask: async (request, signal) =>
      provider.isFor?.(request) === false ? asked<Value>(null, { tries: 0 }) : await desk.ask(request, signal),
  };
}

function withPolicies<Request, Value>(provider: Provider<Request, Value>, options: DeskOptions<Request, Value>): Desk<Request, Value> {
  const { keyOf, cache, turns, breaker, retry } = options;
  const { name, manners, partOf } = provider;
  const part = partOf ? { partOf } : {};
  let desk = deskOf(name, (request: Request, signal) => provider.ask(request, signal));
  if (turns && !manners.local) desk = withTurns(desk, { manners, turns });
  if (breaker) desk = withBreaker(desk, { ...breaker, ...part });
  desk = withQueue(desk, { atOnce: manners.atOnce, patienceMs: manners.local ? undefined : patienceMs, ...part });
  if (retry) desk = withRetry(desk, retry);
  if (!keyOf) return desk;
  if (cache) desk = withCache(desk, { ...cache, cache: cache.store, keyOf });
  return withSingleFlight(desk, keyOf);
}
