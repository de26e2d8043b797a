import { database } from "#db/database.ts";
import { createShare, mostOpenShares } from "#db/queries/shares.ts";
import { AppError } from "#lib/std/app-error.ts";
import { ownOrigin } from "#lib/web/own-origin.ts";
import { bodyOf, route } from "#lib/web/route.ts";
import { shareRequestSchema } from "#lib/web/share-request.ts";

export const POST = route<{ reportId: string }>(async ({ request, viewer, params }) => {
  const wanted = await bodyOf(request, shareRequestSchema);
  const made = await createShare(database(), viewer, { reportId: params.reportId, ...wanted });
  switch (made.kind) {
    case "no-report":
      throw new AppError("not-found", "There is no such report.");
    case "too-many":
      throw new AppError("conflict", `This report has ${mostOpenShares} open links. Revoke one to make another.`);
    case "made":
      return Response.json({ share: { ...made.share, url: `${ownOrigin(request)}/shared/${made.token}` } }, { status: 201 });
    default:
      return made satisfies never;
  }
});
