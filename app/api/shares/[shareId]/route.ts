import { database } from "#db/database.ts";
import { revokeShare } from "#db/queries/shares.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

/** Revoking again changes nothing and is answered alike. */
export const DELETE = route<{ shareId: string }>(async ({ viewer, params }) => {
  if (!(await revokeShare(database(), viewer, params.shareId))) throw new AppError("not-found", "There is no such link.");
  return new Response(null, { status: 204 });
});
