import { openLink } from "#app/shared/open-link.ts";
import { page, sharedRoute } from "#app/shared/shared-route.ts";
import { failureWords } from "#components/trace/failure-words.ts";
import { stepTitle } from "#components/trace/step-title.ts";
import { database } from "#db/database.ts";
import { reportById } from "#db/queries/reports.ts";
import { formatDuration } from "#lib/client/format-duration.ts";
import { runView } from "#lib/domain/run-view.ts";
import { toSharedTracePage } from "#lib/reports/html-document/shared-trace-page.ts";
import { logOf } from "#lib/runs/log-of.ts";

const words = { title: stepTitle, failure: failureWords, duration: formatDuration };

export const GET = sharedRoute("trace", async ({ share, base }) => {
  const report = await reportById(database().sql, share.reportId);
  if (!report) return null;
  const view = runView(await logOf(database().sql, report.runId));
  return page(toSharedTracePage({ report, view, words, link: openLink(share, base) }));
});
