import type { Sql } from "postgres";
import type { StoredEvent } from "#db/queries/events.ts";
import { framedEvents } from "#lib/domain/event-frame.ts";
import { feedRun, headFor, type Outlet } from "./feed-run.ts";
import type { Hub } from "./hub.ts";
import { type Portion, plainBytes } from "./portion.ts";

/** Stored text is asked for only when so much or less of it waits. */
const lowWater = 64 * 1024;

/**
 * The events of a run after a cursor, for a reader in this process: what is stored, then live, until `run-ended` was delivered or `signal` aborts.
 * Portions come in order, without gap or repetition. Throws TooSlow when the reader does not keep up with the live part.
 */
export async function* tail(sql: Sql, hub: Hub, runId: string, after: number, signal: AbortSignal): AsyncGenerator<StoredEvent[]> {
  const left = new AbortController();
  const waiting: StoredEvent[][] = [];
  let over = false;
  let changed = Promise.withResolvers<void>();
  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const size = () => waiting.reduce((sum, events) => sum + sizeOf(events), 0);
  const outlet: Outlet = {
    signal: AbortSignal.any([signal, left.signal]),
    send(portion) {
      waiting.push(eventsOf(runId, portion));
      change();
    },
    waiting: () => size() - Math.max(0, ...waiting.map(sizeOf)),
    async drained() {
      while (size() > lowWater && !outlet.signal.aborted) await changed.promise;
    },
  };
  const feeding = headFor(sql, runId, after)
    .then((head) => feedRun({ sql, hub, runId, after, head }, outlet))
    .finally(() => {
      over = true;
      change();
    });
  feeding.catch(() => {}); // told to the reader below, once it has had what came before
  outlet.signal.addEventListener("abort", change, { once: true });
  try {
    for (;;) {
      const events = waiting.shift();
      if (events) {
        change();
        yield events;
      } else if (over) return await feeding;
      else await changed.promise;
    }
  } finally {
    left.abort();
  }
}

const sizeOf = (events: StoredEvent[]) => events.reduce((sum, event) => sum + event.json.length, 0);
const eventsOf = (runId: string, portion: Portion): StoredEvent[] =>
  portion.kind === "events" ? [...portion.events] : framedEvents(plainBytes(portion).toString()).map((event) => ({ runId, ...event }));
