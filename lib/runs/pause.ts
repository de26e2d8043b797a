import type { Database } from "#db/client.ts";
import { insertCommand, isToldTo } from "#db/queries/commands.ts";
import { takeFromWorkers } from "#db/queries/runs.ts";
import { hasEnded, type Run } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { hold } from "./hold.ts";
import { appendUnheld, openFacts } from "./unheld-log.ts";

/**
 * Pauses a run, in one transaction: it is taken from its worker, whose later writes are refused, and the worker is told to close its sockets. So a
 * pause holds whether or not the worker is alive to hear it. What was asked of the run before stands in the log before the pause. A run that
 * is paused, has ended or is being stopped stays as it is.
 */
export const pause = (db: Database, viewer: Viewer, runId: string): Promise<Run> =>
  hold(db, viewer, runId, async ({ status }, transaction) => {
    if (hasEnded(status) || status === "paused" || (await isToldTo(transaction, runId, "now"))) return;
    const asked = await openFacts(transaction, runId);
    const command = status === "running" ? await insertCommand(transaction, runId, { kind: "pause" }) : null;
    await takeFromWorkers(transaction, runId, "paused");
    await appendUnheld(transaction, runId, [...asked, { type: "run-paused", ...(command !== null && { command }) }]);
  });
