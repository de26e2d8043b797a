import { z } from "zod";
import { database } from "#db/database.ts";
import { stop } from "#lib/runs/stop.ts";
import { bodyOf, route } from "#lib/web/route.ts";

const stopSchema = z.object({ kind: z.enum(["now", "finish"], { error: 'must be "now" or "finish"' }) });

export const POST = route<{ runId: string }>(async ({ request, viewer, params }) => {
  const { kind } = await bodyOf(request, stopSchema);
  return Response.json({ run: await stop(database(), viewer, params.runId, kind) }, { status: 202 });
});
