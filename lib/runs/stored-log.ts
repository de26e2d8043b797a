import type { Database } from "#db/client.ts";
import { eventsOf } from "#db/queries/events.ts";
import { getRun } from "#db/queries/runs.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";

/** The log of a run of the viewer's as it stands, each event as JSON. */
export async function storedLog(db: Database, viewer: Viewer, runId: string): Promise<string[]> {
  if (!(await getRun(db.sql, viewer, runId))) throw new AppError("not-found", "There is no such run.");
  return (await eventsOf(db.sql, runId)).map((event) => event.json);
}
