import { fileFormats } from "#app/shared/file-formats.ts";
import { page, sharedRoute } from "#app/shared/shared-route.ts";
import { database } from "#db/database.ts";
import { reportById } from "#db/queries/reports.ts";
import { fileName } from "#lib/reports/file-name.ts";
import { noFilePage } from "#lib/reports/html-document/message-pages.ts";
import { exportReport } from "#lib/runs/export-report.ts";
import { AppError } from "#lib/std/app-error.ts";

export const GET = sharedRoute<{ token: string; format: string }>("report", async ({ request, share, params }) => {
  const report = Object.hasOwn(fileFormats, params.format) ? await reportById(database().sql, share.reportId) : null;
  if (!report) return null;
  try {
    const { type, extension, content } = await exportReport(database(), report, params.format, request.signal);
    const name = encodeURIComponent(`${fileName(report.question)}.${extension}`);
    const headers = { "content-type": type, "content-disposition": `attachment; filename="report.${extension}"; filename*=UTF-8''${name}` };
    return new Response(content, { headers });
  } catch (error) {
    // Made for the owner, the refusal's own words name ways that a link does not open.
    if (error instanceof AppError) return page(noFilePage("Print the page of the report instead, or take it as Markdown."), 503);
    throw error;
  }
});
