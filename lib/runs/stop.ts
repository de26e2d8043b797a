import type { PgBoss } from "pg-boss";
import type { TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { insertCommand, isToldTo } from "#db/queries/commands.ts";
import { endRun, isAtWork, takeFromWorkers } from "#db/queries/runs.ts";
import type { Fact } from "#lib/domain/event.ts";
import { hasEnded, type Run } from "#lib/domain/run.ts";
import { runView } from "#lib/domain/run-view.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { answerIn } from "./answer-in.ts";
import { hold } from "./hold.ts";
import { logOf } from "./log-of.ts";
import { requeue } from "./requeue.ts";
import { appendUnheld, openFacts } from "./unheld-log.ts";

/**
 * Asks a run to stop. The worker that is at work on it hears it within tens of milliseconds and records it as an event. One that no worker has,
 * whose worker is gone, or waits for a model server before it begins, ends in this transaction when it is to stop now; a queued or paused one that
 * is to finish gets a worker for its answer. Asked again, or of a run that has ended, it changes nothing.
 */
export const stop = (db: Database, queue: PgBoss, viewer: Viewer, runId: string, kind: "now" | "finish"): Promise<Run> =>
  hold(db, viewer, runId, async ({ status }, transaction) => {
    if (hasEnded(status) || (await isToldTo(transaction, runId, "now"))) return;
    if (kind === "finish" && (await isToldTo(transaction, runId, "finish"))) return;
    await insertCommand(transaction, runId, { kind });
    if (status === "running" && (kind === "finish" || (await isAtWork(transaction, runId)))) return;
    const asked = await openFacts(transaction, runId);
    if (kind === "now" && answerIn(await logOf(transaction, runId)) === null) return endUnheld(transaction, runId, status, asked);
    if (status === "running") return; // it has its answer: the next worker reads this, and makes the report
    await appendUnheld(transaction, runId, asked);
    // An answer that was given is kept: a worker makes its report, without asking anybody.
    if (status === "paused") await requeue(transaction, queue, runId);
  });

async function endUnheld(
  transaction: TransactionSql,
  runId: string,
  status: "queued" | "running" | "paused",
  asked: Fact[],
): Promise<void> {
  const { usage, startedAt } = runView(await logOf(transaction, runId));
  const epoch = await takeFromWorkers(transaction, runId, status);
  const detail = startedAt === null ? { detail: "Stopped before it began." } : {};
  await appendUnheld(transaction, runId, [...asked, { type: "run-ended", status: "stopped", termination: "stopped", ...detail }]);
  await endRun(transaction, { runId, epoch, status: "stopped", termination: "stopped", reportId: null, usage });
}
