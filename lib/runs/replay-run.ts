import type { PgBoss } from "pg-boss";
import type { Database } from "#db/client.ts";
import { getRun } from "#db/queries/runs.ts";
import { budgetSchema } from "#lib/domain/budget.ts";
import { hasEnded, type Run } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { ask } from "./ask.ts";
import { logOf } from "./log-of.ts";

/**
 * Asks the question of a run again, as it was asked, in exactly the world that it met: its tools' results are given again. The log of a run
 * is the recording, so the run has to have ended.
 */
export async function replayRun(
  db: Database,
  queue: PgBoss,
  viewer: Viewer,
  { runId, idempotencyKey, mostWaiting }: { runId: string; idempotencyKey?: string | undefined; mostWaiting?: number },
): Promise<Run> {
  const recorded = await getRun(db.sql, viewer, runId);
  if (!recorded) throw new AppError("not-found", "There is no such run.");
  if (!hasEnded(recorded.status)) throw new AppError("conflict", "This run has not ended yet. It can be replayed when it has.");
  const queued = (await logOf(db.sql, runId)).find((event) => event.type === "run-queued");
  if (!queued) throw new Error("The log has no run-queued");
  if (queued.rewrite)
    throw new AppError("conflict", "This run only wrote a report again: there is nothing to replay. Write it again from the report.");
  const { question, mode, heavy, budget, whenFull, priority, attachments, basis } = queued;
  const asked = {
    sessionId: recorded.sessionId,
    question,
    mode,
    heavy,
    budget: budgetSchema.parse(budget),
    whenFull,
    priority,
    // A replay of a replay meets the same world once more.
    basis,
    replay: { of: queued.replayOf ?? runId, attachments },
    idempotencyKey,
    request: { replayOf: runId },
  };
  return ask(db, queue, viewer, asked, { ...(mostWaiting !== undefined && { mostWaiting }) });
}
