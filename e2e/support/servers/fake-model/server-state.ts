import { createMetrics, type Metrics } from "./metrics.ts";
import type { FakeModelOptions } from "./options.ts";
import { type PrefixCache, prefixCache } from "./prefix-cache.ts";
import type { Reaction } from "./refusal.ts";
import type { Script } from "./reply.ts";
import type { RequestRecord } from "./request-record.ts";
import { createSeats, type Seats } from "./seats.ts";
import { seeded } from "./seeded.ts";
import { createTicker, type Ticker } from "./ticker.ts";
import type { ChatRequest } from "./wire.ts";

/** All that a running server knows. */
export interface ServerState {
  readonly options: FakeModelOptions;
  readonly script: Script;
  names: string[] | null;
  window: number | null;
  healthy: boolean;
  /** It was taken down: what ends now was ended by us, not by the client. */
  falling: boolean;
  readonly requests: ChatRequest[];
  readonly records: RequestRecord[];
  readonly metrics: Metrics;
  readonly cache: PrefixCache;
  readonly seats: Seats;
  readonly ticker: Ticker;
  readonly random: () => number;
  /** Answers the next requests get whatever the script says. */
  forced: { left: number; refusal: Reaction } | null;
  /** Chat requests whose connection is open. */
  open: number;
  /** Blocks that generating requests hold. */
  blocksInUse: number;
  aborted: number;
  finished: number;
  readonly aborts: Signal<void>;
  readonly arrivals: Signal<ChatRequest>;
}

/** Something that happens again and again, and that one can wait for. */
export interface Signal<T> {
  next(): Promise<T>;
  happened(value: T): void;
}

function signal<T>(): Signal<T> {
  let waiting = Promise.withResolvers<T>();
  return {
    next: () => waiting.promise,
    happened(value) {
      waiting.resolve(value);
      waiting = Promise.withResolvers<T>();
    },
  };
}

export const serverState = (script: Script, options: FakeModelOptions): ServerState => ({
  options,
  script,
  names: options.name === undefined ? null : [options.name].flat(),
  window: options.window ?? null,
  healthy: true,
  falling: false,
  requests: [],
  records: [],
  metrics: createMetrics(),
  cache: prefixCache(options.cacheBlocks),
  seats: createSeats(options.maxSeqs ?? Number.POSITIVE_INFINITY, options.scheduling ?? "fcfs"),
  ticker: createTicker(),
  random: seeded(options.seed ?? 1),
  forced: null,
  open: 0,
  blocksInUse: 0,
  aborted: 0,
  finished: 0,
  aborts: signal<void>(),
  arrivals: signal<ChatRequest>(),
});
