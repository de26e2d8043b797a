import type { Citation } from "#lib/domain/citation.ts";
import { html, type Markup, markup, textOf } from "./markup.ts";
import { statusWord } from "./words.ts";

const troubled = new Set(["weak", "unsupported", "unchecked"]);

/**
 * The text of a report with the buttons that `toHtml` made of its marks changed for what works without a script: a button that opens the card of its passage
 * and, where a browser has no popovers, a link to it. No text of a report can hold the beginning of a tag, so every match is a button of ours.
 */
export function withPlacedMarks(reportHtml: string, citations: readonly Citation[]): Markup {
  const text = reportHtml.replace(/<button\b[^>]*? data-citation="(\d+)"[^>]*>[^<]*<\/button>/g, (_, index: string) => {
    const citation = citations[Number(index)];
    return citation ? textOf(markOf(citation, Number(index) + 1)) : "";
  });
  return markup(text);
}

/** Anchors of a mark and of the card with its passage. `k` counts the marks of a report from 1. */
export const markAnchor = (k: number) => `c${k}`;
export const cardAnchor = (k: number) => `e${k}`;

function markOf({ n, status }: Citation, k: number): Markup {
  const name = `Source ${n}, ${statusWord(status)}`;
  const text = troubled.has(status) ? `${n} ${statusWord(status)}` : n;
  const look = `cite soft ${status}`;
  return html`<span id="${markAnchor(k)}"><button type="button" hidden class="${look}" popovertarget="${cardAnchor(k)}" aria-label="${name}">${text}</button><a class="${look}" href="#${cardAnchor(k)}" aria-label="${name}">${text}</a></span>`;
}
