import { database } from "#db/database.ts";
import { getSource } from "#db/queries/sources.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

export const GET = route<{ sourceId: string }>(async ({ viewer, params }) => {
  const source = await getSource(database(), viewer, params.sourceId);
  if (!source) throw new AppError("not-found", "There is no such source.");
  return Response.json({ source });
});
