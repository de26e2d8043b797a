import { database } from "#db/database.ts";
import { resume } from "#lib/runs/resume.ts";
import { house } from "#lib/web/house.ts";
import { route } from "#lib/web/route.ts";

export const POST = route<{ runId: string }>(async ({ viewer, params }) =>
  Response.json({ run: await resume(database(), await house.queue, viewer, params.runId) }, { status: 202 }),
);
