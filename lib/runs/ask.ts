import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { PgBoss } from "pg-boss";
import type { TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { type Asked, insertRun, lateEnds, runWithKey, waitingRuns } from "#db/queries/ask.ts";
import { appendQueued } from "#db/queries/events.ts";
import { getRun } from "#db/queries/runs.ts";
import { inTransaction, runQueue } from "#db/queue.ts";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import type { Budget } from "#lib/domain/budget.ts";
import type { EventOf } from "#lib/domain/event.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import type { Run, RunMode, RunPriority, WhenFull } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { canonicalJson } from "#lib/std/canonical-json.ts";
import { sha256 } from "#lib/std/sha256.ts";
import { attachFiles } from "./attach-files.ts";

export interface Question {
  sessionId: string;
  question: string;
  mode: RunMode;
  /** How many lanes and how they work together, where the mode is Heavy. */
  heavy?: HeavyPlan | undefined;
  budget: Budget;
  whenFull?: WhenFull;
  priority?: RunPriority;
  /** Ids of files that the viewer uploaded, in lower case, each once. */
  attachments?: readonly string[];
  /** The run whose tool results are given again, and the files that it could read. */
  replay?: { of: string; attachments: readonly AttachmentRef[] };
  /** Nothing is researched: the report is written again. */
  rewrite?: EventOf<"run-queued">["rewrite"];
  /** The report that the question goes on from. */
  basis?: EventOf<"run-queued">["basis"];
  idempotencyKey?: string | undefined;
  /** What was asked for, as it was sent; without it the fields above are compared. */
  request?: unknown;
}

/**
 * Takes a question in: the run, its first event and its job are one transaction, so there is no run without a job and no job without a
 * run. The same key again gives the run that the first call made; the same key for anything else is refused, and so is a question when
 * more than `mostWaiting` runs wait for a place already.
 */
export async function ask(
  db: Database,
  queue: PgBoss,
  viewer: Viewer,
  question: Question,
  { mostWaiting }: { mostWaiting?: number } = {},
): Promise<Run> {
  const runId = randomUUID();
  const requestHash = question.request === undefined ? undefined : sha256(canonicalJson(question.request));
  const askedBefore = await db.sql.begin(async (transaction) => {
    const inserted = await insertRun(transaction, viewer, runId, question);
    if (inserted === "no-session") throw new AppError("not-found", "There is no such session.");
    if (inserted === "key-taken")
      return sameQuestion(await runWithKey(transaction, question.sessionId, question.idempotencyKey ?? ""), question, requestHash);
    if (mostWaiting !== undefined) await refuseCrowd(transaction, mostWaiting);
    const { mode, heavy, budget, whenFull = "answer", priority = "interactive", replay, rewrite, basis } = question;
    const attachments = replay?.attachments ?? (await attachFiles(transaction, viewer, runId, question.attachments ?? []));
    await appendQueued(transaction, runId, {
      question: question.question,
      mode,
      budget,
      whenFull,
      priority,
      attachments,
      ...(heavy && { heavy }),
      ...(replay && { replayOf: replay.of }),
      ...(rewrite && { rewrite }),
      ...(basis && { basis }),
      ...(requestHash && { requestHash }),
    });
    await queue.send(runQueue, { runId }, { db: inTransaction(transaction) });
    return null;
  });
  const run = await getRun(db.sql, viewer, askedBefore?.id ?? runId);
  if (!run) throw new AppError("not-found", "There is no such session.");
  return run;
}

/** Thrown inside the transaction, so that a refused question leaves no trace in its session. */
function sameQuestion(before: Asked | null, question: Question, requestHash: string | undefined): Asked {
  const same = before?.requestHash && requestHash ? before.requestHash === requestHash : before !== null && hasSameFields(before, question);
  if (before && same) return before;
  throw new AppError(
    "conflict",
    "idempotencyKey was used before with another question, mode, limit or file. Use a new key for a new question.",
  );
}

const hasSameFields = (before: Asked, { question, mode, heavy, rewrite, attachments = [] }: Question): boolean =>
  before.question === question &&
  before.mode === mode &&
  before.rewrites === (rewrite?.reportId ?? null) &&
  isDeepStrictEqual(before.heavy, heavy ?? null) &&
  before.attachments.join() === attachments.join();

/** A place that becomes free takes at least this long, and nobody is told to stay away for longer. In seconds. */
const shortestWait = 5;
const longestWait = 600;

/** Refuses a question when too many wait already: each further one would only make all of them wait longer. */
async function refuseCrowd(transaction: TransactionSql, mostWaiting: number): Promise<void> {
  const waiting = await waitingRuns(transaction);
  if (waiting <= mostWaiting) return; // this one counts too
  const ended = await lateEnds(transaction);
  const retryAfter = Math.min(longestWait, Math.max(shortestWait, Math.ceil(600 / Math.max(1, ended))));
  throw new AppError("too-many", `${mostWaiting} questions are waiting already. Ask again later; nothing of this one was kept.`, {
    retryAfter,
  });
}
