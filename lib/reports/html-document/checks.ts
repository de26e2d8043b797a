import type { Report } from "#lib/domain/report.ts";
import { uncitedClaims } from "#lib/reports/verify/uncited-claims.ts";
import { html, type Markup } from "./markup.ts";
import { count, statusOrder, statusWord } from "./words.ts";

/** What the checks found: counts of each status, never a score, and who compared. */
export function checks({ citations, judge, markdown }: Pick<Report, "citations" | "judge" | "markdown">): Markup {
  const counts = statusOrder.map((status) => ({ status, n: citations.filter((citation) => citation.status === status).length }));
  const present = counts.filter(({ n }) => n > 0);
  const uncited = uncitedClaims(markdown).length;
  const without =
    uncited > 0 &&
    html`<p>${count(uncited, "sentence")} that ${uncited === 1 ? "states" : "state"} something ${uncited === 1 ? "has" : "have"} no citation.</p>`;
  if (present.length === 0) return html`<section class="checks" aria-label="Checks"><p>No sentence is cited.</p>${without}</section>`;
  const unchecked = counts.find(({ status }) => status === "unchecked")?.n ?? 0;
  const by = judge ? `, by their words and by ${judge}, a language model` : ", by their words";
  const compared = citations.length - unchecked;
  return html`<section class="checks" aria-label="Checks">
${bar(present, citations.length)}
<ul>${present.map(({ status, n }) => html`<li class="${status}"><span class="icon"></span><b>${n}</b> ${statusWord(status)}</li>`)}</ul>
<p>of ${count(citations.length, "citation")}, ${compared === citations.length ? "all" : compared || "none"} compared with the stored text of the source${compared > 0 && by}.</p>
${without}
</section>`;
}

/** Drawn, because the policy of the page lets no element carry a style of its own. */
function bar(present: readonly { status: string; n: number }[], total: number): Markup {
  let left = 0;
  const parts = present.map(({ status, n }) => {
    const width = (n / total) * 1000;
    const part = html`<rect class="${status}" x="${left.toFixed(1)}" width="${Math.max(1, width - 3).toFixed(1)}" height="6"/>`;
    left += width;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
