import type { Sql } from "postgres";
import { eventsAfter, eventsChannel, type StoredEvent } from "#db/queries/events.ts";

/** What a follower gets: events in order, or the news that it read too slowly and has to come back. */
export interface Follower {
  deliver(events: readonly StoredEvent[]): void;
}

export interface Hub {
  /** Follows a run from `after` on. Events at or below it are not delivered. */
  follow(runId: string, after: number, follower: Follower): () => void;
  close(): Promise<void>;
}

/** After a read that failed, the next; the second in a row that fails is an outage and not the end of one connection. */
const retryReadMs = 500;
const failuresOfOutage = 2;
/** NOTIFY may be lost with its connection: every followed run is read again after at most this. */
const safetyReadMs = 2_000;
const pageSize = 2_000;

/**
 * The one listener of a web process. A NOTIFY marks runs; one query reads the new events of all marked runs that somebody follows;
 * every follower of a run is handed the same objects, so an event is read once however many look on. `onAway` is called when the database is
 * away: whoever follows would otherwise take its silence for the run's.
 */
export async function openHub(sql: Sql, listener: Sql, onAway: () => void = () => {}): Promise<Hub> {
  const followed = new Map<string, Set<Following>>();
  const marked = new Set<string>();
  let reading = false;
  let failures = 0;

  const mark = (runIds: Iterable<string>) => {
    for (const runId of runIds) if (followed.has(runId)) marked.add(runId);
    if (!reading && marked.size > 0) void read();
  };

  async function read(): Promise<void> {
    reading = true;
    try {
      while (marked.size > 0) await readMarked();
      failures = 0;
    } catch {
      failures += 1;
      if (failures === failuresOfOutage) onAway();
      setTimeout(() => mark(followed.keys()), retryReadMs).unref();
    } finally {
      reading = false;
    }
  }

  async function readMarked(): Promise<void> {
    const cursors = [...marked].flatMap((runId) => cursorOf(runId, followed.get(runId)));
    marked.clear();
    if (cursors.length === 0) return;
    const byRun = Map.groupBy(await eventsAfter(sql, cursors, pageSize), (event) => event.runId);
    for (const { runId, seq } of cursors) {
      const events = byRun.get(runId) ?? [];
      const followers = followed.get(runId) ?? new Set();
      const shares = new Map<number, StoredEvent[]>();
      for (const each of followers) if (each.after >= seq) handOver(each, events, shares);
      // Somebody who joined during the read and is further back, or a full page: there is more to read.
      if (events.length === pageSize || [...followers].some((each) => each.after < seq)) marked.add(runId);
    }
  }

  const listening = await listener.listen(
    eventsChannel,
    (payload) => mark(payload.split(",").map((pair) => pair.split(":")[0] ?? "")),
    () => mark(followed.keys()), // after a reconnect: whatever was notified meanwhile is read now
  );
  const timer = setInterval(() => mark(followed.keys()), safetyReadMs);
  timer.unref();

  return {
    follow(runId, after, follower) {
      const followers = followed.get(runId) ?? new Set();
      followed.set(runId, followers);
      const each = { after, follower };
      followers.add(each);
      mark([runId]);
      return () => {
        followers.delete(each);
        if (followers.size === 0 && followed.get(runId) === followers) followed.delete(runId);
      };
    },
    async close() {
      clearInterval(timer);
      await listening.unlisten();
    },
  };
}

interface Following {
  after: number;
  follower: Follower;
}

/** A run is read from where its furthest-back follower stands. */
const cursorOf = (runId: string, followers: Set<Following> | undefined) =>
  followers?.size ? [{ runId, seq: Math.min(...[...followers].map((each) => each.after)) }] : [];

/** Followers who stand at the same place are given the very same list, so that it is made into bytes once. */
function handOver(each: Following, events: StoredEvent[], shares: Map<number, StoredEvent[]>): void {
  const first = events[0];
  if (!first) return;
  const fresh = first.seq > each.after ? events : (shares.get(each.after) ?? events.filter((event) => event.seq > each.after));
  shares.set(each.after, fresh);
  const last = fresh.at(-1);
  if (!last) return;
  each.after = last.seq;
  each.follower.deliver(fresh);
}
