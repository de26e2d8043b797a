import type { SourceRef } from "#lib/domain/source.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { html, type Markup } from "./markup.ts";
import { webAddress } from "./web-address.ts";
import { momentWords } from "./words.ts";

/** What kind of thing was read, where it is no page of the web: whoever opens a shared report has neither the file nor the collection. */
export function originOf({ url, site }: Pick<SourceRef, "url" | "site">): string {
  if (url.startsWith("attachment:")) return "a file of the author’s";
  if (url.startsWith("corpus:")) return "a document of the author’s collection";
  return site;
}

/** What a source is called: its title; without one its address on the web, and never one that only the author can open. */
export const sourceName = (source: Pick<SourceRef, "title" | "url" | "site">): string =>
  oneLine(source.title) || (webAddress(source.url) ?? originOf(source));

/** The title of a source, as a link to where it stands on the web if it does. */
export function sourceTitle(source: Pick<SourceRef, "title" | "url" | "site">): Markup {
  const address = webAddress(source.url);
  const name = html`<bdi>${sourceName(source)}</bdi>`;
  return address === null ? name : html`<a href="${address}" rel="noopener noreferrer nofollow ugc">${name}</a>`;
}

/** Where it was, when it was read, and what the server answered where that is news. */
export const readWords = (source: Pick<SourceRef, "url" | "site" | "fetchedAt" | "status">): string =>
  `${originOf(source)}, read ${momentWords(source.fetchedAt)}${source.status === 200 ? "" : `, answered ${source.status}`}`;
