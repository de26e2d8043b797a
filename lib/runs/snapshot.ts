import type { Database } from "#db/client.ts";
import { eventsOf } from "#db/queries/events.ts";
import { getRun } from "#db/queries/runs.ts";
import { readEvent } from "#lib/domain/event.ts";
import type { Run } from "#lib/domain/run.ts";
import { type RunView, runView } from "#lib/domain/run-view.ts";
import type { Viewer } from "#lib/domain/viewer.ts";

/** A run as its page first shows it: everything up to `view.lastSeq`, where the stream goes on. */
export async function snapshotOf(db: Database, viewer: Viewer, runId: string): Promise<{ run: Run; view: RunView } | null> {
  const run = await getRun(db.sql, viewer, runId);
  if (!run) return null;
  const events = (await eventsOf(db.sql, runId)).flatMap((stored) => readEvent(JSON.parse(stored.json)) ?? []);
  return { run, view: runView(events) };
}
