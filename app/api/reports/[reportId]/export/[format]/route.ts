import { database } from "#db/database.ts";
import { getReport } from "#db/queries/reports.ts";
import { fileName } from "#lib/reports/file-name.ts";
import { toMarkdown } from "#lib/reports/to-markdown.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

export const GET = route<{ reportId: string; format: string }>(async ({ viewer, params }) => {
  if (params.format !== "md") throw new AppError("not-found", "Reports are exported as md.", { field: "format" });
  const report = await getReport(database(), viewer, params.reportId);
  if (!report) throw new AppError("not-found", "There is no such report.");
  const headers = {
    "content-type": "text/markdown; charset=utf-8",
    "content-disposition": `attachment; filename="report.md"; filename*=UTF-8''${encodeURIComponent(`${fileName(report.question)}.md`)}`,
  };
  return new Response(toMarkdown(report), { headers });
});
