import type { Sql } from "postgres";
import { logHead, type StoredEvent } from "#db/queries/events.ts";
import { AppError } from "#lib/std/app-error.ts";
import type { Hub } from "./hub.ts";
import type { Portion } from "./portion.ts";
import { sharedRead } from "./shared-read.ts";
import { storedPortions } from "./stored-portions.ts";
import { TooSlow } from "./too-slow.ts";

/** Where a reader is sent what it follows. */
export interface Outlet {
  /** Sends, and does not wait. */
  send(portion: Portion): void;
  /**
   * Bytes that were sent and have not left this process, as the reader has not taken them, beside the largest portion among them: one large event
   * alone drops nobody, whichever run of the outlet it is of.
   */
  waiting(): number;
  /** Resolves once little is waiting, or `signal` has aborted. Rejects with TooSlow when the reader takes too long. */
  drained(): Promise<void>;
  /** Aborts when the reader has gone, or has to. */
  signal: AbortSignal;
}

/** Bytes waiting for one reader until it is dropped: 50 stalled readers then cost megabytes, not the whole log each. */
const highWater = 256 * 1024;

interface LogHead {
  seq: number;
  ended: boolean;
}

export interface Feed {
  sql: Sql;
  hub: Hub;
  runId: string;
  /** The reader has everything up to here. */
  after: number;
  /** Where the log stood when the reader came (see headFor). */
  head: LogHead;
}

/**
 * Where a run's log stands for a reader that has everything up to `after`. A cursor beyond the log belongs to another run or another database:
 * it is refused, because everything after it would be silently missing.
 */
export async function headFor(sql: Sql, runId: string, after: number): Promise<LogHead> {
  const shared = await sharedRead(sql, `head ${runId}`, () => logHead(sql, runId));
  if (after <= shared.seq) return shared;
  const head = await logHead(sql, runId); // the shared one may have been read before the reader's last event was written
  if (after <= head.seq) return head;
  throw new AppError(
    "unprocessable",
    `Last-Event-ID: ${after} is beyond this run's log, whose last event is ${head.seq}. Start again without it.`,
    {
      field: "Last-Event-ID",
    },
  );
}

/**
 * Sends a reader everything after its cursor: what is stored, then live, in order, without gap or repetition. Resolves when `run-ended` was sent or the
 * outlet's signal has aborted. Rejects with TooSlow when the reader does not keep up: it comes back with the last id it has.
 */
export async function feedRun({ sql, hub, runId, after, head }: Feed, outlet: Outlet): Promise<void> {
  let cursor = after;
  let last: Portion | null = null;
  const isOver = () => (head.ended && cursor >= head.seq) || (last !== null && hasEnd(last));
  if (isOver()) return;
  for await (const portion of storedPortions(sql, runId, after)) {
    if (outlet.signal.aborted) return;
    outlet.send(portion);
    last = portion;
    cursor = portion.lastSeq;
    if (isOver()) break;
    await outlet.drained();
  }
  if (!isOver()) await feedLive({ hub, runId, after: cursor }, outlet);
}

const isEnd = (event: StoredEvent) => event.type === "run-ended";
/** A log that is not followed beyond its end: a sealed stretch tells it, too. */
const hasEnd = (portion: Portion) => (portion.kind === "events" ? portion.events.some(isEnd) : portion.ended);

/** No promise and no copy for a portion: a thousand followers are sent the same bytes in one go. */
function feedLive({ hub, runId, after }: Pick<Feed, "hub" | "runId" | "after">, outlet: Outlet): Promise<void> {
  const over = Promise.withResolvers<void>();
  const leave = hub.follow(runId, after, {
    deliver(events) {
      if (outlet.waiting() > highWater) {
        over.reject(new TooSlow("The reader does not keep up"));
        leave();
        return;
      }
      outlet.send({ kind: "events", lastSeq: events.at(-1)?.seq ?? after, events });
      if (events.some(isEnd)) over.resolve();
    },
  });
  const onAbort = () => over.resolve();
  if (outlet.signal.aborted) onAbort();
  outlet.signal.addEventListener("abort", onAbort);
  return over.promise.finally(() => {
    outlet.signal.removeEventListener("abort", onAbort);
    leave();
  });
}
