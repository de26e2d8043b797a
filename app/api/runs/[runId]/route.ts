import { database } from "#db/database.ts";
import { getRun } from "#db/queries/runs.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

export const GET = route<{ runId: string }>(async ({ viewer, params }) => {
  const run = await getRun(database().sql, viewer, params.runId);
  if (!run) throw new AppError("not-found", "There is no such run.");
  return Response.json({ run });
});
