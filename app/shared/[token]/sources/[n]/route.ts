import { openLink } from "#app/shared/open-link.ts";
import { page, sharedRoute } from "#app/shared/shared-route.ts";
import { database } from "#db/database.ts";
import { reportById } from "#db/queries/reports.ts";
import { sourceById } from "#db/queries/sources.ts";
import type { Report } from "#lib/domain/report.ts";
import { toSharedSourcePage } from "#lib/reports/html-document/shared-source-page.ts";

export const GET = sharedRoute<{ token: string; n: string }>("sources", async ({ share, base, params }) => {
  const report = await reportById(database().sql, share.reportId);
  const ref = report && refOf(report, params.n);
  const source = ref && (await sourceById(database().sql, ref.id));
  return source ? page(toSharedSourcePage({ report, source, link: openLink(share, base) })) : null;
});

/** Only what the report lists: `4` is a cited source, `read-4` one that was read and not cited. */
const refOf = ({ sources, readOnly }: Report, name: string) =>
  sources.find(({ n }) => name === String(n)) ?? readOnly.find(({ n }) => name === `read-${n}`) ?? null;
