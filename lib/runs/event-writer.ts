import type { Sql } from "postgres";
import { isOutage } from "#db/is-outage.ts";
import { appendEvents, type EventRow, type Prune } from "#db/queries/events.ts";
import { wait } from "#lib/std/wait.ts";
import { failpoint } from "./failpoint.ts";

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

/** What waits of one run, and the text of it that was written last. */
interface RunRows {
  waiting: Queued[];
  text: { key: string; at: number } | null;
}

/**
 * Texts that stream are written together, at ticks that are the further apart the more there are: 25 times a second for a few, which is more
 * often than a screen takes them (ten times), four times for fifty and more. A row a run at every tick is what a busy worker, its database
 * and the web server spend most on.
 */
const tickPerTextMs = 5;
const shortestTickMs = 40;
const longestTickMs = 250;
const nextTick = (at: number, texts: number) => {
  const everyMs = Math.min(longestTickMs, Math.max(shortestTickMs, texts * tickPerTextMs));
  return (Math.floor(at / everyMs) + 1) * everyMs;
};
/** Thirty commits a second in the long run, whatever the number of runs; a few at once after a pause, so that a lone run does not wait. */
const commitEveryMs = 33;
const commitsAtOnce = 5;
/** Of those, texts leave some to the facts, which somebody waits for. */
const leftToFacts = 2;
const retryPauseMs = 250;

/**
 * The group-commit writer: one for a process. A fact is written as soon as a commit may be made; text that streams waits for its turn, but for
 * the first of a step, or goes with the next fact of its run. Rows of all runs go in one statement, and deltas of the same step that wait
 * together become one row. A flush that fails is tried again until the database is back: nothing that was accepted is dropped.
 */
export function eventWriter(sql: Sql, options: { onTrouble?: (error: unknown) => void } = {}): EventWriter {
  const runs = new Map<string, RunRows>();
  const credit = commitCredit();
  let inFlight: Queued[] = [];
  let running = false;
  let wake = () => {};

  /** Never rejects: what a flush fails with goes to those who wait for its rows. */
  async function run(): Promise<void> {
    running = true;
    for (let due = nextDue(); due !== null; due = nextDue()) {
      const pauseMs = Math.max(due, credit.from(due === 0 ? 1 : 1 + leftToFacts)) - performance.now();
      if (pauseMs > 0) await pause(pauseMs);
      else {
        credit.take();
        inFlight = takeDue();
        await commit(inFlight);
        inFlight = [];
      }
    }
    running = false; // at once after the last look at what waits: a row appended in between would wait for the next one
  }

  /** Sleeps until the time has come, or until something is appended that does not want to wait so long. */
  async function pause(forMs: number): Promise<void> {
    const woken = Promise.withResolvers<void>();
    wake = woken.resolve;
    const timer = setTimeout(woken.resolve, forMs);
    await woken.promise;
    clearTimeout(timer);
    wake = () => {};
  }

  function dueOf({ waiting, text }: RunRows): number {
    const [first] = waiting;
    if (!first) return Number.POSITIVE_INFINITY;
    const isText = waiting.length === 1 && first.row.type === "text-appended";
    return isText && text?.key === keyOf(first.row) ? nextTick(text.at, runs.size) : 0;
  }

  /** When the next rows are due; null when none wait. */
  function nextDue(): number | null {
    let due = Number.POSITIVE_INFINITY;
    for (const rows of runs.values()) due = Math.min(due, dueOf(rows));
    return due === Number.POSITIVE_INFINITY ? null : due;
  }

  /** Takes the rows whose time has come. */
  function takeDue(): Queued[] {
    const now = performance.now();
    const taken: Queued[] = [];
    for (const [runId, rows] of runs) {
      if (dueOf(rows) > now) {
        if (rows.waiting.length === 0 && (!rows.text || now - rows.text.at > forgetMs)) runs.delete(runId);
        continue;
      }
      const last = rows.waiting.at(-1)?.row;
      rows.text = last?.type === "text-appended" ? { key: keyOf(last), at: now } : null;
      taken.push(...rows.waiting);
      rows.waiting = [];
    }
    return taken;
  }

  async function commit(batch: Queued[]): Promise<void> {
    const { rows, prunes } = flushOf(batch.map((queued) => queued.row));
    for (;;) {
      try {
        failpoint("before-commit");
        const held = await appendEvents(sql, rows, prunes);
        failpoint("committed");
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
      const rows = runs.get(row.runId) ?? { waiting: [], text: null };
      runs.set(row.runId, rows);
      const last = rows.waiting.at(-1);
      if (last && merge(last.row, row)) return last.done.promise;
      const done = Promise.withResolvers<void>();
      done.promise.catch(() => {}); // a delta is not awaited; its refusal reaches the run through the next fact that is
      rows.waiting.push({ row, done });
      if (!running) void run();
      else if (dueOf(rows) === 0) wake();
      return done.promise;
    },
    async settled() {
      const waiting = [...runs.values()].flatMap((rows) => rows.waiting);
      await Promise.allSettled([...inFlight, ...waiting].map(({ done }) => done.promise));
    },
  };
}

/** What was written last of a text is forgotten when nothing came for so long: its run has ended. */
const forgetMs = 60_000;
const keyOf = ({ data }: EventRow) => `${String(data.lane)} ${String(data.step)} ${String(data.channel)}`;

/** Allows so many commits in the long run, and a few at once after a pause. */
function commitCredit() {
  let left = commitsAtOnce;
  let at = performance.now();
  const refill = () => {
    const now = performance.now();
    left = Math.min(commitsAtOnce, left + (now - at) / commitEveryMs);
    at = now;
  };
  return {
    /** When a commit may be made that is only made while so many are left. */
    from(commits: number): number {
      refill();
      return left >= commits ? 0 : at + (commits - left) * commitEveryMs;
    },
    take() {
      refill();
      left -= 1;
    },
  };
}

/** Adds a delta to the waiting delta before it. False when they are not two deltas of the same text. */
function merge(waiting: EventRow, row: EventRow): boolean {
  if (waiting.type !== "text-appended" || row.type !== "text-appended" || waiting.epoch !== row.epoch) return false;
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
