import type { Sql } from "postgres";
import { isOutage } from "#db/is-outage.ts";
import { appendEvents, type EventRow, type Prune } from "#db/queries/events.ts";
import { wait } from "#lib/std/wait.ts";

/** Another worker has claimed the run since: what this one still has to say is not written. */
export class Fenced extends Error {
  override name = "Fenced" as const;

  constructor(runId: string) {
    super(`Run ${runId} belongs to another worker now`);
  }
}

export interface EventWriter {
  /** Queues one row; resolves when it is committed, rejects with Fenced when the run's epoch has moved on. */
  append(row: EventRow): Promise<void>;
  /** Resolves when everything queued so far is committed or refused. */
  settled(): Promise<void>;
}

interface Queued {
  row: EventRow;
  done: PromiseWithResolvers<void>;
}

/** 40 ms: a human frame; 25 commits a second per process whatever the number of runs (a commit per run was seven times slower). */
const flushEveryMs = 40;
const retryPauseMs = 250;

/**
 * The group-commit writer: one for a process. Rows of all runs gather for at most 40 ms and go in one statement; the first row after a
 * pause goes at once. Deltas of the same step that wait together become one row. A flush that fails is tried again until the
 * database is back: nothing that was accepted is dropped.
 */
export function eventWriter(sql: Sql, options: { onTrouble?: (error: unknown) => void } = {}): EventWriter {
  let queue: Queued[] = [];
  let inFlight: Queued[] = [];
  let lastFlush = 0;
  let flushing = false;

  /** Never rejects: what a flush fails with goes to those who wait for its rows. */
  async function run(): Promise<void> {
    flushing = true;
    while (queue.length > 0) {
      const since = performance.now() - lastFlush;
      if (since < flushEveryMs) await wait(flushEveryMs - since);
      lastFlush = performance.now();
      inFlight = queue;
      queue = [];
      await commit(inFlight);
      inFlight = [];
    }
    flushing = false; // at once after the last look at the queue: a row appended in between would wait for the next one
  }

  async function commit(batch: Queued[]): Promise<void> {
    const { rows, prunes } = flushOf(batch.map((queued) => queued.row));
    for (;;) {
      try {
        const held = await appendEvents(sql, rows, prunes);
        for (const { row, done } of batch) held.has(`${row.runId}:${row.epoch}`) ? done.resolve() : done.reject(new Fenced(row.runId));
        return;
      } catch (error) {
        options.onTrouble?.(error);
        if (!isOutage(error)) return refuse(batch, error);
        await wait(retryPauseMs);
      }
    }
  }

  /** The database refused the statement: each run is tried alone, so that one row that cannot be stored fails only its own run. */
  async function refuse(batch: Queued[], error: unknown): Promise<void> {
    const byRun = Map.groupBy(batch, (queued) => queued.row.runId);
    if (byRun.size > 1) for (const alone of byRun.values()) await commit(alone);
    else for (const { done } of batch) done.reject(error);
  }

  return {
    append(row) {
      const done = Promise.withResolvers<void>();
      const merged = merge(queue.findLast((queued) => queued.row.runId === row.runId)?.row, row);
      if (!merged) queue.push({ row, done });
      else queue.findLast((queued) => queued.row.runId === row.runId)?.done.promise.then(done.resolve, done.reject);
      done.promise.catch(() => {}); // a delta is not awaited; its refusal reaches the run through the next fact that is
      if (!flushing) void run();
      return done.promise;
    },
    async settled() {
      await Promise.allSettled([...inFlight, ...queue].map(({ done }) => done.promise));
    },
  };
}

/** Adds a delta to the waiting delta before it. False when they are not two deltas of the same text. */
function merge(waiting: EventRow | undefined, row: EventRow): boolean {
  if (waiting?.type !== "text-appended" || row.type !== "text-appended" || waiting.epoch !== row.epoch) return false;
  const { lane, step, channel } = waiting.data;
  if (lane !== row.data.lane || step !== row.data.step || channel !== row.data.channel) return false;
  waiting.data = { ...waiting.data, text: String(waiting.data.text) + String(row.data.text) };
  waiting.seq = row.seq;
  waiting.at = row.at;
  return true;
}

/** Facts that hold, or void, the whole text that was streamed before them. */
const endsText = new Set(["step-ended", "context-compacted", "model-failed"]);

/** What a flush writes: deltas of a step that ends in the same flush are not written at all, those written before are deleted. */
function flushOf(rows: EventRow[]): { rows: EventRow[]; prunes: Prune[] } {
  const prunes = rows
    .filter((row) => endsText.has(row.type))
    .map((row) => ({ runId: row.runId, epoch: row.epoch, lane: String(row.data.lane), step: Number(row.data.step), seq: row.seq }));
  const isPruned = (row: EventRow) =>
    row.type === "text-appended" &&
    prunes.some(
      (prune) =>
        prune.runId === row.runId &&
        prune.epoch === row.epoch &&
        prune.lane === row.data.lane &&
        prune.step === row.data.step &&
        row.seq < prune.seq,
    );
  return { rows: rows.filter((row) => !isPruned(row)), prunes: prunes.map(({ seq: _, ...prune }) => prune) };
}
