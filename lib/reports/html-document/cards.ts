import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import { html, type Markup } from "./markup.ts";
import { cardAnchor, markAnchor } from "./placed-marks.ts";
import { readWords, sourceName } from "./source-words.ts";
import { reasonOf, statusWord } from "./words.ts";

/**
 * Every cited sentence with its passage, in the order of the marks. A mark lifts its card out of the list to where it stands (a popover); where a browser cannot,
 * it is a link into the list. `copyOf` gives the address of a source's stored copy, where there is one to open.
 */
export function cards(report: Report, copyOf: (n: number) => string | null): Markup {
  if (report.citations.length === 0) return html``;
  return html`<section id="passages">
<h2>Cited sentences and their passages</h2>
<div class="cards">${report.citations.map((citation, index) => card(report, citation, index + 1, copyOf(citation.n)))}</div>
</section>`;
}

function card(report: Report, citation: Citation, k: number, copy: string | null): Markup {
  const { n, status, claim, passage, judge } = citation;
  const source = report.sources.find((each) => each.n === n);
  const by = judge === "model" && report.judge ? `Judged by ${report.judge}.` : "Compared by the text alone.";
  return html`<div class="card" id="${cardAnchor(k)}" popover role="group" aria-label="Passage of source ${n}, ${statusWord(status)}">
<p class="top"><span class="tag soft ${status}">${statusWord(status)}</span> <a href="#${sourceAnchor(n)}">source ${n}</a></p>
<p class="sentence" dir="auto">${claim}</p>
<blockquote dir="auto"><mark>${passage.text}</mark></blockquote>
<p class="why">${reasonOf(citation)}${status !== "unchecked" && ` ${by}`}</p>
${source && html`<p class="from" dir="auto">${sourceName(source)}</p><p class="meta">${readWords(source)}</p>`}
<p class="ways">${copy && html`<a href="${copy}#${markAnchor(k)}">Open the stored copy here</a>`} <a href="#${markAnchor(k)}">To the sentence</a></p>
</div>
`;
}

export const sourceAnchor = (n: number) => `src-${n}`;
