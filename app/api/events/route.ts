import { database } from "#db/database.ts";
import { getRun } from "#db/queries/runs.ts";
import { feedRun, headFor } from "#lib/runs/feed-run.ts";
import { AppError } from "#lib/std/app-error.ts";
import { eventResponse } from "#lib/web/event-response.ts";
import { house } from "#lib/web/house.ts";
import { severalRuns } from "#lib/web/portion-encodings.ts";
import { route } from "#lib/web/route.ts";
import { runsAsked } from "#lib/web/runs-asked.ts";

export const dynamic = "force-dynamic";

/**
 * The events of several runs in one stream, each after its own number, live until all have ended: one connection for all tabs of a browser. A run that is
 * not the viewer's, or whose log does not reach that far, is told as `gone`, one that has nothing more to tell as `over`, and the others go on.
 */
export const GET = route(async ({ request, viewer }) => {
  const { sql } = database();
  const asked = runsAsked(request);
  const hub = await house.hub;
  return eventResponse(request, severalRuns, async (outlet) => {
    outlet.say("event: following\ndata: {}\n\n");
    const follow = async ({ runId, after }: (typeof asked)[number]) => {
      const head = (await getRun(sql, viewer, runId)) && (await headFor(sql, runId, after).catch(nullIfRefused));
      if (!head) outlet.say(`event: gone\ndata: ${JSON.stringify(runId)}\n\n`);
      else if (head.ended && after === head.seq) outlet.say(`event: over\ndata: ${JSON.stringify(runId)}\n\n`);
      else await feedRun({ sql, hub, runId, after, head }, outlet);
    };
    await Promise.all(asked.map(follow));
  });
});

const nullIfRefused = (error: unknown) => {
  if (error instanceof AppError) return null;
  throw error;
};
