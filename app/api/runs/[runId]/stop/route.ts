import { z } from "zod";
import { database } from "#db/database.ts";
import { pause } from "#lib/runs/pause.ts";
import { stop } from "#lib/runs/stop.ts";
import { house } from "#lib/web/house.ts";
import { bodyOf, route } from "#lib/web/route.ts";

const stopSchema = z.object({ kind: z.enum(["now", "finish", "pause"], { error: 'must be "now", "finish" or "pause"' }) });

export const POST = route<{ runId: string }>(async ({ request, viewer, params: { runId } }) => {
  const { kind } = await bodyOf(request, stopSchema);
  const run = await (kind === "pause" ? pause(database(), viewer, runId) : stop(database(), await house.queue, viewer, runId, kind));
  return Response.json({ run }, { status: 202 });
});
