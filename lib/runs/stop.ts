import type { Database } from "#db/client.ts";
import { insertCommand } from "#db/queries/commands.ts";
import { getRun } from "#db/queries/runs.ts";
import { hasEnded, type Run } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { endUnclaimed } from "./end-unclaimed.ts";

export type StopKind = "now" | "finish";

/**
 * Asks a run to stop. The worker hears it within tens of milliseconds and records it as an event; a run that no worker has taken yet
 * ends at once when it is to stop now. Stopping a run that has ended changes nothing.
 */
export async function stop(db: Database, viewer: Viewer, runId: string, kind: StopKind): Promise<Run> {
  const run = await getRun(db.sql, viewer, runId);
  if (!run) throw new AppError("not-found", "There is no such run.");
  if (hasEnded(run.status)) return run;
  await insertCommand(db.sql, runId, kind);
  if (run.status === "queued" && kind === "now") await endUnclaimed(db.sql, runId);
  return (await getRun(db.sql, viewer, runId)) ?? run;
}
