import type { TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { getRun, type HeldRun, holdRun } from "#db/queries/runs.ts";
import type { Run } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";

/**
 * Changes where a run of the viewer's stands: `change` has its row to itself, so that of a pause, a stop, a message, a claim and an end that come at
 * once each finds what the one before left. Gives the run as it is afterwards. Throws AppError `not-found`.
 */
export async function hold(
  db: Database,
  viewer: Viewer,
  runId: string,
  change: (run: HeldRun, transaction: TransactionSql) => Promise<void>,
): Promise<Run> {
  await db.sql.begin(async (transaction) => {
    const held = await holdRun(transaction, viewer, runId);
    if (!held) throw noSuchRun();
    await change(held, transaction);
  });
  const run = await getRun(db.sql, viewer, runId);
  if (!run) throw noSuchRun();
  return run;
}

const noSuchRun = () => new AppError("not-found", "There is no such run.");
