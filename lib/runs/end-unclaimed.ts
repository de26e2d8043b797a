import type { Sql } from "postgres";
import { appendLast } from "#db/queries/events.ts";
import { endRun, raiseEpoch } from "#db/queries/runs.ts";

/**
 * Ends a run that still waits in the queue, because it was told to stop. Raising the epoch under the row's lock decides the race with
 * a worker that is just taking it: one of the two finds the other's epoch and steps back.
 */
export async function endUnclaimed(sql: Sql, runId: string): Promise<void> {
  await sql.begin(async (transaction) => {
    const held = await raiseEpoch(transaction, runId);
    if (!held) return; // a worker has it: it reads the command itself
    const at = new Date().toISOString();
    await appendLast(transaction, runId, [
      { seq: held.lastSeq + 1, type: "stop-requested", at, data: { kind: "now" } },
      {
        seq: held.lastSeq + 2,
        type: "run-ended",
        at,
        data: { status: "stopped", termination: "stopped", detail: "Stopped before it began." },
      },
    ]);
    const usage = { calls: 0, promptTokens: 0, completionTokens: 0 };
    await endRun(transaction, { runId, epoch: held.epoch, status: "stopped", termination: "stopped", reportId: null, usage });
  });
}
