import type { PgBoss } from "pg-boss";
import type { TransactionSql } from "postgres";
import { takeFromWorkers } from "#db/queries/runs.ts";
import { inTransaction, runQueue } from "#db/queue.ts";
import { appendUnheld } from "./unheld-log.ts";

/** Puts a paused run back into the queue: job, status and `run-resumed` are one transaction. The caller holds its row. */
export async function requeue(transaction: TransactionSql, queue: PgBoss, runId: string): Promise<void> {
  await takeFromWorkers(transaction, runId, "queued");
  await appendUnheld(transaction, runId, [{ type: "run-resumed" }]);
  await queue.send(runQueue, { runId }, { db: inTransaction(transaction) });
}
