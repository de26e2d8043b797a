import { database } from "#db/database.ts";
import { newMessageSchema } from "#lib/domain/reader-message.ts";
import { steer } from "#lib/runs/steer.ts";
import { bodyOf, route } from "#lib/web/route.ts";

export const POST = route<{ runId: string }>(async ({ request, viewer, params }) => {
  const message = await steer(database(), viewer, params.runId, await bodyOf(request, newMessageSchema));
  return Response.json({ message }, { status: 202 });
});
