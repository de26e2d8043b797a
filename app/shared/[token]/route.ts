import { openLink } from "#app/shared/open-link.ts";
import { page, sharedRoute } from "#app/shared/shared-route.ts";
import { database } from "#db/database.ts";
import { reportById } from "#db/queries/reports.ts";
import { countView } from "#db/queries/shares.ts";
import { toSharedPage } from "#lib/reports/html-document/shared-page.ts";
import { isView } from "#lib/web/is-view.ts";
import { keepPages } from "#lib/web/pages-kept.ts";

/** A link and the version it leads to never change, but that it ends; whether it is open was looked up before. */
const pages = keepPages();

export const GET = sharedRoute("report", async ({ request, share, base }) => {
  const report = await reportById(database().sql, share.reportId);
  if (!report) return null;
  if (isView(request)) await countView(database().sql, share.id);
  return page(pages.page(share.id, () => toSharedPage(report, openLink(share, base))));
});
