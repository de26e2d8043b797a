import { database } from "#db/database.ts";
import { getReport } from "#db/queries/reports.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

export const GET = route<{ reportId: string }>(async ({ viewer, params }) => {
  const report = await getReport(database(), viewer, params.reportId);
  if (!report) throw new AppError("not-found", "There is no such report.");
  return Response.json({ report });
});
