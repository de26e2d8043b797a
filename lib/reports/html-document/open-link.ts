import { opens, type ShareScope } from "#lib/domain/share.ts";
import { html, type Markup } from "./markup.ts";
import type { Beside } from "./source-list.ts";
import { dayWords } from "./words.ts";

/** A link through which a report is read: what it opens, and where. */
export interface OpenLink {
  /** The path of the shared page, without a slash at its end. */
  base: string;
  scope: ShareScope;
  indexable: boolean;
  expiresAt: string;
  /** Names of the files to be had under it, as the last part of their address: `md`. */
  files: readonly { format: string; name: string }[];
}

/** Where stored copies and figures lie. A source that was read and not cited has only the number that the run gave it. */
export function besideUnder({ base, scope }: OpenLink): Beside {
  const figure = (n: number) => `${base}/figures/${n}`;
  if (!opens(scope, "sources")) return { figure, cited: () => null, read: () => null };
  return { figure, cited: (n) => `${base}/sources/${n}`, read: (n) => `${base}/sources/read-${n}` };
}

/** Whoever follows links for a machine is told little: a preview in a chat shows no question unless search engines may. */
export function headOf(link: OpenLink, title: string): Markup {
  const shown = link.indexable ? title : "A shared report";
  const description = link.indexable
    ? `A report with its sources: ${title}`
    : "A report in which each cited sentence opens the passage it rests on.";
  return html`${!link.indexable && html`<meta name="robots" content="noindex, noarchive">`}
<meta name="description" content="${description.slice(0, 200)}">
<meta property="og:title" content="${shown}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">`;
}

export const mastOf = (link: OpenLink, words: string): Markup =>
  html`<span>${words}</span><span class="end">Link ends ${dayWords(link.expiresAt)}</span>`;

export const footOf = (link: OpenLink): Markup =>
  html`<p>Made with Dossier. This page runs no script and calls no other site.</p>
${link.files.map(({ format, name }) => html`<a href="${link.base}/${format}" rel="nofollow">${name}</a> `)}`;
