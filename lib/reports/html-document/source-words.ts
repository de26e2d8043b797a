import type { SourceRef } from "#lib/domain/source.ts";
import { html, type Markup } from "./markup.ts";
import { webAddress } from "./web-address.ts";
import { momentWords } from "./words.ts";

/** What kind of thing was read, where it is no page of the web: whoever opens a shared report has neither the file nor the collection. */
export function originOf({ url, site }: Pick<SourceRef, "url" | "site">): string {
  if (url.startsWith("attachment:")) return "a file of the author’s";
  if (url.startsWith("corpus:")) return "a document of the author’s collection";
  return site;
}

/** The title of a source, as a link to where it stands on the web if it does. */
export function sourceTitle({ title, url }: Pick<SourceRef, "title" | "url">): Markup {
  const address = webAddress(url);
  const name = html`<bdi>${title || url}</bdi>`;
  return address === null ? name : html`<a href="${address}" rel="noopener noreferrer nofollow ugc">${name}</a>`;
}

/** Where it was, when it was read, and what the server answered where that is news. */
export const readWords = (source: Pick<SourceRef, "url" | "site" | "fetchedAt" | "status">): string =>
  `${originOf(source)}, read ${momentWords(source.fetchedAt)}${source.status === 200 ? "" : `, answered ${source.status}`}`;
