import type { Answer } from "#lib/tools/providers/provider.ts";

/** What asking a provider came to, and what it took. */
export interface Asked<Value> {
  /** Null: the provider is not responsible for this request. */
  answer: Answer<Value> | null;
  /** Requests that were made; 0 where the answer was stored, or the provider was left alone. */
  tries: number;
  /** Milliseconds spent waiting for a turn. */
  waitedMs: number;
  cacheHit: boolean;
}

/** A provider behind its policies. `ask` throws only when `signal` aborted. */
export interface Desk<Request, Value> {
  name: string;
  ask(request: Request, signal: AbortSignal): Promise<Asked<Value>>;
}

export const asked = <Value>(answer: Answer<Value> | null, took: Partial<Asked<Value>> = {}): Asked<Value> => ({
  answer,
  tries: 1,
  waitedMs: 0,
  cacheHit: false,
  ...took,
});

/** A provider that is asked once, as a desk. */
export const deskOf = <Request, Value>(
  name: string,
  ask: (request: Request, signal: AbortSignal) => Promise<Asked<Value>["answer"]>,
): Desk<Request, Value> => ({ name, ask: async (request, signal) => asked(await ask(request, signal)) });
