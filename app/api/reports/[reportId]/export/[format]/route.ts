import { database } from "#db/database.ts";
import { getReport } from "#db/queries/reports.ts";
import { fileName } from "#lib/reports/file-name.ts";
import { exportReport } from "#lib/runs/export-report.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

export const GET = route<{ reportId: string; format: string }>(async ({ request, viewer, params }) => {
  const report = await getReport(database(), viewer, params.reportId);
  if (!report) throw new AppError("not-found", "There is no such report.");
  const { type, extension, content } = await exportReport(database(), report, params.format, request.signal);
  const name = `${fileName(report.question)}.${extension}`;
  const headers = {
    "content-type": type,
    "content-disposition": `attachment; filename="report.${extension}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    // An exported page opens in a window of its own; should a browser show it all the same, nothing in it may run.
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  };
  return new Response(content, { headers });
});
