import type { Heading } from "#lib/reports/html/outline.ts";
import { html, type Markup } from "./markup.ts";

/** Below so many headings a report is seen at a glance. */
const fewest = 4;

export function contentsOf(headings: readonly Heading[]): Markup {
  const shown = headings.filter(({ depth }) => depth <= 3);
  if (shown.length < fewest) return html``;
  const entries = shown.map(({ id, text, depth }) => html`<li${depth > 2 && html` class="below"`}><a href="#${id}">${text}</a></li>`);
  return html`<nav aria-label="Contents"><details><summary>Contents</summary><ul>${entries}</ul></details></nav>`;
}
