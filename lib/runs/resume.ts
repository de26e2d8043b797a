import type { PgBoss } from "pg-boss";
import type { Database } from "#db/client.ts";
import type { Run } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { hold } from "./hold.ts";
import { requeue } from "./requeue.ts";

/** Goes on with a paused run, from where its log stands, in whichever worker has a place. A run that is not paused stays as it is. */
export const resume = (db: Database, queue: PgBoss, viewer: Viewer, runId: string): Promise<Run> =>
  hold(db, viewer, runId, async ({ status }, transaction) => {
    if (status === "paused") await requeue(transaction, queue, runId);
  });
