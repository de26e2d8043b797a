import type { Report } from "#lib/domain/report.ts";
import { toHtml } from "#lib/reports/to-html.ts";
import { cards } from "./cards.ts";
import { contentsOf } from "./contents.ts";
import { html, type Markup } from "./markup.ts";
import { withPlacedMarks } from "./placed-marks.ts";
import { reportHead } from "./report-head.ts";
import { type Beside, sourceList } from "./source-list.ts";

/** All that a report says: its head, its text, the passages behind its sentences, and its sources. */
export function reportBody(report: Report, language: string, beside: Beside): Markup {
  const { html: text, contents } = toHtml(report, ({ n }) => beside.figure(n));
  return html`${reportHead(report, language)}
${contentsOf(contents)}
<article class="prose" lang="${language}">${withPlacedMarks(text, report.citations)}</article>
${cards(report, beside.cited)}
${sourceList(report, beside)}`;
}
