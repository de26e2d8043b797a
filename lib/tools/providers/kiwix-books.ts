import { askText } from "./ask-service.ts";
import { type FeedRecord, feedRecords } from "./feed-records.ts";
import { kiwixPlace } from "./kiwix-place.ts";
import type { Answer } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";

/** A ZIM file on a Kiwix server. */
export interface KiwixBook {
  /** As its addresses call it: the name of its file. */
  name: string;
  title: string;
  /** ISO 639-3, as its maker wrote it: `eng`; several with commas. */
  language: string;
  /** Set when it holds a Wikipedia: which one, `en`. */
  wikipedia: string | null;
  /** Old books have no full-text index: only their titles can be searched. */
  isIndexed: boolean;
}

/** A book that was added shows after so long. */
const keepMs = 600_000;

/** The books of a server, by name, asked for once in ten minutes. */
export function kiwixBooks(baseUrl: string): (signal: AbortSignal) => Promise<Answer<KiwixBook[]>> {
  let known: { books: KiwixBook[]; askedAt: number } | null = null;
  return async (signal) => {
    if (known && performance.now() - known.askedAt < keepMs) return { ok: true, value: known.books };
    // Newer servers give ten unless they are told how many.
    const url = serviceUrl(baseUrl, "catalog/v2/entries", { count: "1000" });
    const answer = await askText(url, { signal, headers: { accept: "application/atom+xml" } });
    if (!answer.ok) return answer;
    if (!answer.value.includes("<feed")) return { ok: false, reason: "provider-failed", detail: `${url.host} is no Kiwix server` };
    const books = feedRecords(answer.value, "entry").flatMap((entry) => toBook(entry, baseUrl) ?? []);
    if (books.length === 0) return { ok: false, reason: "provider-failed", detail: `${url.host} serves no book` };
    known = { books: books.sort((one, other) => (one.name < other.name ? -1 : 1)), askedAt: performance.now() };
    return { ok: true, value: known.books };
  };
}

function toBook(entry: FeedRecord, baseUrl: string): KiwixBook | null {
  const link = entry.links.find((each) => each.type === "text/html")?.href;
  const place = link ? kiwixPlace(link, baseUrl) : null;
  if (!place) return null;
  return {
    name: place.book,
    title: entry.text("title"),
    language: entry.text("language"),
    wikipedia: /^wikipedia_([a-z][a-z-]*)(_|$)/.exec(entry.text("name") || place.book)?.[1] ?? null,
    isIndexed: !/_ftindex:no/.test(entry.text("tags")),
  };
}
