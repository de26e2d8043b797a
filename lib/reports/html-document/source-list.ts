import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { sourceAnchor } from "./cards.ts";
import { html, type Markup } from "./markup.ts";
import { readWords, sourceTitle } from "./source-words.ts";
import { count } from "./words.ts";

/** Addresses of what lies beside a report, by number; null where it is not to be opened. */
export interface Beside {
  /** Stored copies of what is cited, and of what was only read. */
  cited(n: number): string | null;
  read(n: number): string | null;
  figure(n: number): string | null;
}

/** The cited sources by their numbers, each with where and when it was read and the hash of what was stored, and the others that were read. */
export function sourceList(report: Report, { cited: citedCopy, read: readCopy }: Beside): Markup {
  const { sources, readOnly } = report;
  const cited = (n: number) => report.citations.filter((citation) => citation.n === n).length;
  return html`<section id="sources">
<h2>Sources</h2>
${sources.length === 0 && html`<p>This report cites none.</p>`}
<ul class="sources">${sources.map((source) => entry(source, count(cited(source.n), "citation"), citedCopy(source.n), sourceAnchor(source.n)))}</ul>
${readOnly.length > 0 && html`<h3>Read and not cited</h3><ul class="sources">${readOnly.map((source) => entry(source, null, readCopy(source.n), null))}</ul>`}
</section>`;
}

function entry(source: SourceRef, cited: string | null, copy: string | null, anchor: string | null): Markup {
  return html`<li${anchor && html` id="${anchor}"`}>${anchor && html`<span class="n">${source.n}</span>`}<div>
<p class="from">${sourceTitle(source)}</p>
<p class="meta">${readWords(source)}${cited && `, ${cited}`}${source.copyOf && `, says the same as source ${source.copyOf}`}</p>
<p class="meta">SHA-256 <code>${source.hash}</code></p>
${copy && html`<p class="ways"><a href="${copy}">Open the stored copy</a></p>`}
</div></li>
`;
}
