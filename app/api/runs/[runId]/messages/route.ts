import { database } from "#db/database.ts";
import { newMessageSchema } from "#lib/domain/reader-message.ts";
import { steer } from "#lib/runs/steer.ts";
import { keyFor } from "#lib/web/carry-out-once.ts";
import { bodyOf, route } from "#lib/web/route.ts";

export const POST = route<{ runId: string }>(async ({ request, viewer, params }) => {
  const body = await bodyOf(request, newMessageSchema);
  const message = await steer(database(), viewer, params.runId, { ...body, idempotencyKey: keyFor(request, body) });
  return Response.json({ message }, { status: 202 });
});
