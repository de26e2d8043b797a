import type { Database } from "#db/client.ts";
import { getRun } from "#db/queries/runs.ts";
import { readEvent } from "#lib/domain/event.ts";
import type { Run } from "#lib/domain/run.ts";
import { type RunView, runView } from "#lib/domain/run-view.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { storedLog } from "./stored-log.ts";

/** A run as its page first shows it: everything up to `view.lastSeq`, where the stream goes on. */
export async function snapshotOf(db: Database, viewer: Viewer, runId: string): Promise<{ run: Run; view: RunView } | null> {
  const run = await getRun(db.sql, viewer, runId);
  if (!run) return null;
  const events = (await storedLog(db.sql, runId)).flatMap((json) => readEvent(JSON.parse(json)) ?? []);
  return { run, view: runView(events) };
}
