import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { Source } from "#lib/domain/source.ts";
import { frame } from "./frame.ts";
import { markedText } from "./marked-text.ts";
import { html, type Markup } from "./markup.ts";
import { footOf, headOf, mastOf, type OpenLink } from "./open-link.ts";
import { markAnchor } from "./placed-marks.ts";
import { reportLanguage } from "./report-language.ts";
import { originOf, sourceTitle } from "./source-words.ts";
import { momentWords, statusWord } from "./words.ts";

/** The stored copy of a source, with every passage that the report cites from it marked. */
export function toSharedSourcePage({ report, source, link }: { report: Report; source: Source; link: OpenLink }): string {
  const language = reportLanguage(source.text);
  const citations = report.citations
    .map((citation, index) => ({ ...citation, k: index + 1 }))
    .filter(({ sourceId }) => sourceId === source.id);
  return frame({
    language,
    title: source.title.slice(0, 120) || "A stored copy",
    head: headOf({ ...link, indexable: false }, ""),
    mast: mastOf(link, "Stored copy of a source, read only"),
    main: html`<h1 lang="${language}" dir="auto">${sourceTitle(source)}</h1>
<dl class="made">
<div><dt>Cited by</dt><dd><a href="${link.base}">${report.question.slice(0, 300)}</a></dd></div>
<div><dt>From</dt><dd>${originOf(source)}</dd></div>
<div><dt>Read</dt><dd><time datetime="${source.fetchedAt}">${momentWords(source.fetchedAt)}</time>, answered ${source.status}</dd></div>
<div><dt>Length</dt><dd>${source.text.length.toLocaleString("en-GB")} characters</dd></div>
<div><dt>SHA-256</dt><dd><code>${source.hash}</code></dd></div>
</dl>
${citations.length > 0 && html`<nav aria-label="Cited passages"><ul>${citations.map((citation) => passageLink(citation, link))}</ul></nav>`}
<div class="copy" lang="${language}">${markedText(
      source.text,
      citations.map(({ passage, k }) => ({ start: passage.start, end: passage.end, id: markAnchor(k) })),
    )}</div>`,
    foot: footOf(link),
  });
}

const passageLink = ({ k, claim, status }: Citation & { k: number }, { base }: OpenLink): Markup =>
  html`<li><a href="#${markAnchor(k)}">The passage</a> behind “<bdi>${claim}</bdi>” (${statusWord(status)}; <a href="${base}#${markAnchor(k)}">the sentence in the report</a>)</li>`;
