import { z } from "zod";
import { database } from "#db/database.ts";
import { storableTextSchema } from "#lib/domain/storable-text.ts";
import { env } from "#lib/env.ts";
import { replayRun } from "#lib/runs/replay-run.ts";
import { keyFor } from "#lib/web/carry-out-once.ts";
import { house } from "#lib/web/house.ts";
import { bodyOf, route } from "#lib/web/route.ts";

const replaySchema = z.object({ idempotencyKey: storableTextSchema.min(1).max(200).optional() });

export const POST = route<{ runId: string }>(async ({ request, viewer, params }) => {
  const body = await bodyOf(request, replaySchema);
  const run = await replayRun(database(), await house.queue, viewer, {
    runId: params.runId,
    idempotencyKey: keyFor(request, body),
    mostWaiting: env().MAX_WAITING_RUNS,
  });
  return Response.json({ run }, { status: 202, headers: { location: `/api/runs/${run.id}` } });
});
