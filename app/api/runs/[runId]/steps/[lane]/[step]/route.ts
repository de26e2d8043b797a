import { database } from "#db/database.ts";
import { snapshotOf } from "#lib/runs/snapshot.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

/** One step of a run, whole: what its page left out while the step was folded. */
export const GET = route<{ runId: string; lane: string; step: string }>(async ({ viewer, params }) => {
  const snapshot = await snapshotOf(database(), viewer, params.runId);
  const step = snapshot?.view.rows.find((row) => row.key === `${params.lane}:${params.step}`);
  if (step?.kind !== "step") throw new AppError("not-found", "There is no such step.");
  return Response.json({ step });
});
