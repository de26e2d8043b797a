import type { Event } from "#lib/domain/event.ts";
import type { Connection } from "./event-tail.ts";

/** What a tab says to the worker that holds the browser's stream. `id` is the tab's own number of what it follows. */
export type FromTab =
  | { kind: "here"; lock: string }
  | { kind: "follow"; id: number; runId: string; after: number }
  | { kind: "leave"; id: number };

/** What the worker says to a tab. */
export type FromWorker =
  | { kind: "hello"; lock: string }
  | { kind: "event"; id: number; event: Event }
  | { kind: "connection"; id: number; connection: Connection };
