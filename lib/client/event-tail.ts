import type { Event } from "#lib/domain/event.ts";
import type { EventStream } from "./event-stream.ts";
import { openSharedStream } from "./shared-stream.ts";

/** live: news arrives. lost: the browser is trying again. storage: the server is there, its database is not. offline: this device has no network. gone: the run is no longer there. out: this browser is not let in any more. ended: nothing more will come. */
export type Connection = "live" | "lost" | "storage" | "offline" | "gone" | "out" | "ended";

export interface EventTail {
  close: () => void;
}

export interface TailOptions {
  runId: string;
  /** The number of the last event that is known, asked anew at every connection. */
  after: () => number;
  onEvent: (event: Event) => void;
  onConnection: (connection: Connection) => void;
}

let stream: EventStream | null = null;

/** Follows a run's events, over the one stream that this browser has. */
export function openEventTail(options: TailOptions): EventTail {
  stream ??= openSharedStream();
  return { close: stream.follow(options) };
}
