import { sharedRoute } from "#app/shared/shared-route.ts";
import { database } from "#db/database.ts";
import { figureOfRun } from "#db/queries/figures.ts";
import { reportById } from "#db/queries/reports.ts";

/** Only the pictures that the report shows; a run may have made others. */
export const GET = sharedRoute<{ token: string; n: string }>("report", async ({ share, params }) => {
  const report = await reportById(database().sql, share.reportId);
  const figure = report?.figures.find(({ n }) => params.n === String(n));
  const bytes = report && figure && (await figureOfRun(database().sql, report.runId, figure.n));
  return bytes ? new Response(Buffer.from(bytes), { headers: { "content-type": "image/png" } }) : null;
});
