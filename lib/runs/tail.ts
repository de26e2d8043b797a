import type { Sql } from "postgres";
import { eventsAfter, type StoredEvent } from "#db/queries/events.ts";
import type { Hub } from "./hub.ts";

/** The reader took longer than its buffer holds: it is let go, and comes back with the last id it has. */
export class TooSlow extends Error {
  override name = "TooSlow" as const;
}

const pageSize = 1_000;
/** Characters waiting for one reader until it is dropped: 50 stalled readers then cost megabytes, not the whole log each. */
const highWater = 256 * 1024;

/**
 * The events of a run after a cursor: what is stored, then live, until `run-ended` was delivered or `signal` aborts. Portions come in
 * order, without gap or repetition. Throws TooSlow when the reader does not keep up with the live part.
 */
export async function* tail(sql: Sql, hub: Hub, runId: string, after: number, signal: AbortSignal): AsyncGenerator<StoredEvent[]> {
  let cursor = after;
  for (;;) {
    const page = await eventsAfter(sql, [{ runId, seq: cursor }], pageSize);
    if (signal.aborted) return;
    if (page.length > 0) yield page;
    if (page.some(isEnd)) return;
    cursor = page.at(-1)?.seq ?? cursor;
    if (page.length < pageSize) break;
  }
  yield* live(hub, runId, cursor, signal);
}

const isEnd = (event: StoredEvent) => event.type === "run-ended";

async function* live(hub: Hub, runId: string, after: number, signal: AbortSignal): AsyncGenerator<StoredEvent[]> {
  let waiting: StoredEvent[] = [];
  let size = 0;
  let tooSlow = false;
  let wake = Promise.withResolvers<void>();
  const leave = hub.follow(runId, after, {
    deliver(events) {
      size += events.reduce((sum, event) => sum + event.json.length, 0);
      if (size > highWater && waiting.length > 0) tooSlow = true;
      else waiting.push(...events);
      wake.resolve();
    },
  });
  const onAbort = () => wake.resolve();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      if (tooSlow) throw new TooSlow("The reader does not keep up");
      if (waiting.length === 0) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
        continue;
      }
      const portion = waiting;
      waiting = [];
      size = 0;
      yield portion;
      if (portion.some(isEnd)) return;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    leave();
  }
}
