import { database } from "#db/database.ts";
import { listShares } from "#db/queries/shares.ts";
import { queryOf, route } from "#lib/web/route.ts";
import { shareListingSchema } from "#lib/web/share-request.ts";

export const GET = route(async ({ request, viewer }) => {
  const { reportId, cursor, limit } = queryOf(request, shareListingSchema);
  return Response.json(
    await listShares(database(), viewer, { ...(reportId && { reportId }), ...(cursor && { cursor }), ...(limit && { limit }) }),
  );
});
