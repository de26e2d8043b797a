import { database } from "#db/database.ts";
import { getRun } from "#db/queries/runs.ts";
import { followRun } from "#lib/runs/follow-run.ts";
import { storedLog } from "#lib/runs/stored-log.ts";
import { AppError } from "#lib/std/app-error.ts";
import { cursorOf } from "#lib/web/cursor.ts";
import { house } from "#lib/web/house.ts";
import { route } from "#lib/web/route.ts";
import { eventStream, eventStreamHeaders } from "#lib/web/sse.ts";

export const dynamic = "force-dynamic";

/** The run's events after the cursor, then live until it ends. With `Accept: application/json` the log as it stands, as one array. */
export const GET = route<{ runId: string }>(async ({ request, viewer, params }) => {
  const db = database();
  if (request.headers.get("accept")?.includes("application/json")) {
    const log = await storedLog(db, viewer, params.runId);
    return new Response(`[${log.join(",")}]`, { headers: { "content-type": "application/json; charset=utf-8" } });
  }
  const after = cursorOf(request);
  if (!(await getRun(db.sql, viewer, params.runId))) throw new AppError("not-found", "There is no such run.");
  const hub = await house.hub;
  const stream = house.streams.add();
  const signal = AbortSignal.any([stream.signal, request.signal]);
  const events = await followRun(db.sql, hub, params.runId, after, signal).catch((error: unknown) => {
    stream.end();
    throw error;
  });
  if (!events) {
    stream.end();
    return new Response(null, { status: 204 }); // tells a browser's EventSource not to come back: it has the whole log
  }
  return new Response(eventStream(events, signal, stream.end), { headers: eventStreamHeaders });
});
