import type { PgBoss } from "pg-boss";
import type { Database } from "#db/client.ts";
import { orphanedRuns, strandedRuns, unclaimedJobs } from "#db/queries/workers.ts";
import { runQueue } from "#db/queue.ts";

/**
 * Hands the runs of dead workers back to the queue, or brings those to it that have no job, or none that anybody took up. Never rejects:
 * whoever looks next tries again.
 */
export async function rescue(
  db: Database,
  queue: PgBoss,
  whose: { dead: readonly string[] } | "stranded",
  log: (line: string) => void,
): Promise<void> {
  try {
    const lost = whose === "stranded" ? await unclaimedJobs(db.sql) : await orphanedRuns(db.sql, whose.dead);
    // Naming the attempt makes this safe: of two rescuers, or with a job that was already handed back, one finds nothing to do.
    for (const { jobId, retryCount } of lost) await queue.fail(runQueue, { id: jobId, retryCount }, { worker: "died" });
    if (whose === "stranded")
      for (const runId of await strandedRuns(db.sql)) await queue.send(runQueue, { runId }, { singletonKey: runId });
  } catch (error) {
    log(`Looking for runs without a worker failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
