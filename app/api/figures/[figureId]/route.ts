import { database } from "#db/database.ts";
import { figureBytes } from "#db/queries/figures.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

/** A picture that a script made: shown as one and as nothing else, whatever its bytes hold. */
export const GET = route<{ figureId: string }>(async ({ viewer, params }) => {
  const bytes = await figureBytes(database(), viewer, params.figureId);
  if (!bytes) throw new AppError("not-found", "There is no such figure.");
  const headers = {
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=31536000, immutable",
  };
  return new Response(Buffer.from(bytes), { headers });
});
