import type { PgBoss } from "pg-boss";
import type { Database } from "#db/client.ts";
import { orphanedRuns, strandedRuns } from "#db/queries/workers.ts";
import { runQueue } from "#db/queue.ts";

/** Hands the runs of dead workers back to the queue, or brings those to it that have no job. Never rejects: whoever looks next tries again. */
export async function rescue(
  db: Database,
  queue: PgBoss,
  whose: { dead: readonly string[] } | "stranded",
  log: (line: string) => void,
): Promise<void> {
  try {
    if (whose === "stranded")
      for (const runId of await strandedRuns(db.sql)) await queue.send(runQueue, { runId }, { singletonKey: runId });
    else
      for (const { jobId, retryCount } of await orphanedRuns(db.sql, whose.dead)) {
        // Naming the attempt makes this safe: of two rescuers, or with a job that was already handed back, one finds nothing to do.
        await queue.fail(runQueue, { id: jobId, retryCount }, { worker: "died" });
      }
  } catch (error) {
    log(`Looking for runs without a worker failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
