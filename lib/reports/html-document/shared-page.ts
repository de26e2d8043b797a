import type { Report } from "#lib/domain/report.ts";
import { opens } from "#lib/domain/share.ts";
import { frame } from "./frame.ts";
import { html } from "./markup.ts";
import { besideUnder, footOf, headOf, mastOf, type OpenLink } from "./open-link.ts";
import { reportBody } from "./report-body.ts";
import { reportLanguage } from "./report-language.ts";

/** A report as whoever has the link reads it. Everybody gets the same bytes. */
export function toSharedPage(report: Report, link: OpenLink): string {
  const language = reportLanguage(report.markdown);
  const title = report.question.slice(0, 120);
  return frame({
    language,
    title,
    head: headOf(link, title),
    mast: mastOf(link, "Shared report, read only"),
    main: html`${reportBody(report, language, besideUnder(link))}
${opens(link.scope, "trace") && html`<p class="hint"><a href="${link.base}/trace">How it was researched, step by step</a></p>`}`,
    foot: footOf(link),
  });
}
