import type { Sql } from "postgres";
import { isOutage } from "#db/is-outage.ts";
import { appendEvents, type EventRow } from "#db/queries/events.ts";
import { wait } from "#lib/std/wait.ts";
import { commitCredit } from "./commit-credit.ts";
import { failpoint } from "./failpoint.ts";
import { endsText, flushOf } from "./flush-of.ts";
import { troubleTold } from "./trouble-told.ts";

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
  /** Undefined while there is room for more; else resolves when there is again. Whoever reads a model's stream waits for it before reading on. */
  room(): Promise<void> | undefined;
  /** Resolves when everything queued so far is committed or refused. */
  settled(): Promise<void>;
}

interface Queued {
  row: EventRow;
  bytes: number;
  done: PromiseWithResolvers<void>;
}

/** What waits of one run, and which of its texts were written before. */
interface RunRows {
  waiting: Queued[];
  /** Of each text, the delta that waits and may still grow. */
  growing: Map<string, Queued>;
  /** Texts of which a reader has seen something, and when text of this run was written last. */
  begun: Set<string>;
  textAt: number;
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
/** Of the commits that may be made at once, texts leave some to the facts, which somebody waits for. */
const leftToFacts = 2;
const retryPauseMs = 250;
/** 300 live runs at 20 tokens a second make about 25 KB of text a second: an outage of two minutes goes by before a model has to wait. */
const mostWaitingBytes = 4 * 1024 * 1024;

/**
 * The group-commit writer: one for a process. A fact is written as soon as a commit may be made; text that streams waits for its turn, but for
 * the first of a step, or goes with the next fact of its run. Rows of all runs go in one statement, and deltas of the same text that wait
 * together become one row, however many lanes stream side by side. A flush that fails is tried again until the database is back: nothing
 * that was accepted is dropped. What waits meanwhile is bounded by those who ask for `room`.
 *
 * A merged row takes the number of its last delta. That moves text behind whatever other lanes said between, never behind a fact of its own;
 * and as all that waits of a run goes in one statement, what is committed later has a higher number: a reader's cursor never passes over a row.
 */
export function eventWriter(
  sql: Sql,
  options: {
    /** Told once for every cause that keeps the log from being written. */
    onTrouble?: (error: unknown) => void;
    /** Told when the log is written again, and for how many milliseconds it was not. */
    onRecovery?: (awayMs: number) => void;
    mostWaitingBytes?: number;
  } = {},
): EventWriter {
  const most = options.mostWaitingBytes ?? mostWaitingBytes;
  const trouble = troubleTold(options);
  const runs = new Map<string, RunRows>();
  let bytes = 0;
  let roomMade: PromiseWithResolvers<void> | null = null;
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
        release(inFlight);
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

  function dueOf({ waiting, growing, begun, textAt }: RunRows): number {
    if (waiting.length === 0) return Number.POSITIVE_INFINITY;
    const isText = growing.size === waiting.length && [...growing.keys()].every((key) => begun.has(key));
    return isText ? nextTick(textAt, runs.size) : 0;
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
        if (rows.waiting.length === 0 && now - rows.textAt > forgetMs) runs.delete(runId);
        continue;
      }
      if (rows.growing.size > 0) rows.textAt = now;
      for (const key of rows.growing.keys()) rows.begun.add(key);
      taken.push(...rows.waiting);
      rows.waiting = [];
      rows.growing.clear();
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
        trouble.over();
        for (const { row, done } of batch) held.has(`${row.runId}:${row.epoch}`) ? done.resolve() : done.reject(new Fenced(row.runId));
        return;
      } catch (error) {
        trouble.tell(error);
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

  function release(batch: Queued[]): void {
    for (const queued of batch) bytes -= queued.bytes;
    if (bytes > most) return;
    roomMade?.resolve();
    roomMade = null;
  }

  return {
    append(row) {
      const rows: RunRows = runs.get(row.runId) ?? { waiting: [], growing: new Map(), begun: new Set(), textAt: Number.NEGATIVE_INFINITY };
      runs.set(row.runId, rows);
      const size = sizeOf(row);
      bytes += size;
      const isText = row.type === "text-appended";
      if (!isText) holdText(rows, row);
      const growing = isText ? rows.growing.get(keyOf(row)) : undefined;
      if (growing && growing.row.epoch === row.epoch) {
        grow(growing, row, size);
        return growing.done.promise;
      }
      const done = Promise.withResolvers<void>();
      done.promise.catch(() => {}); // a delta is not awaited; its refusal reaches the run through the next fact that is
      const queued = { row, bytes: size, done };
      rows.waiting.push(queued);
      if (isText) rows.growing.set(keyOf(row), queued);
      if (!running) void run();
      else if (dueOf(rows) === 0) wake();
      return done.promise;
    },
    room() {
      if (bytes <= most) return undefined;
      roomMade ??= Promise.withResolvers();
      return roomMade.promise;
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

/** Adds a delta to the one of the same text that waits. */
function grow(waiting: Queued, { seq, at, data }: EventRow, size: number): void {
  const { row } = waiting;
  waiting.bytes += size;
  waiting.row = { ...row, seq, at, data: { ...row.data, text: String(row.data.text) + String(data.text) } };
}

/** After a fact, no text that waits grows any more that could have to do with it: that of its lane, or all when it has none. */
function holdText({ growing, begun }: RunRows, { type, data }: EventRow): void {
  const lane = typeof data.lane === "string" ? `${data.lane} ` : "";
  for (const key of growing.keys()) if (key.startsWith(lane)) growing.delete(key);
  if (!endsText.has(type)) return;
  const step = `${lane}${String(data.step)} `;
  for (const key of begun) if (key.startsWith(step)) begun.delete(key);
}

/** Bytes that a row keeps in memory and on its way, closely enough: facts are few, so theirs are counted as they are sent. */
const sizeOf = ({ type, data }: EventRow): number => Buffer.byteLength(type === "text-appended" ? String(data.text) : JSON.stringify(data));
