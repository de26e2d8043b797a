import { database } from "#db/database.ts";
import { getRun } from "#db/queries/runs.ts";
import { feedRun, headFor } from "#lib/runs/feed-run.ts";
import { storedLog } from "#lib/runs/stored-log.ts";
import { AppError } from "#lib/std/app-error.ts";
import { cursorOf } from "#lib/web/cursor.ts";
import { eventResponse } from "#lib/web/event-response.ts";
import { house } from "#lib/web/house.ts";
import { portionEncodings } from "#lib/web/portion-encodings.ts";
import { route } from "#lib/web/route.ts";

export const dynamic = "force-dynamic";

/** The run's events after the cursor, then live until it ends. With `Accept: application/json` the log after the cursor as it stands, as one array. */
export const GET = route<{ runId: string }>(async ({ request, viewer, params: { runId } }) => {
  const { sql } = database();
  const after = cursorOf(request, runId);
  if (!(await getRun(sql, viewer, runId))) throw new AppError("not-found", "There is no such run.");
  const head = await headFor(sql, runId, after);
  if (request.headers.get("accept")?.includes("application/json")) {
    const log = await storedLog(sql, runId, after);
    return new Response(`[${log.join(",")}]`, { headers: { "content-type": "application/json; charset=utf-8" } });
  }
  if (head.ended && after === head.seq) return new Response(null, { status: 204 }); // tells a browser's EventSource not to come back: it has the whole log
  const hub = await house.hub;
  return eventResponse(request, portionEncodings(request), (outlet) => feedRun({ sql, hub, runId, after, head }, outlet));
});
