import type { SearchHit } from "#lib/domain/tool-details.ts";
import { askText } from "./ask-service.ts";
import { eachOnce } from "./each-once.ts";
import { type FeedRecord, feedRecords } from "./feed-records.ts";
import type { KiwixBook } from "./kiwix-books.ts";
import { kiwixPlace } from "./kiwix-place.ts";
import { kiwixQueries } from "./kiwix-query.ts";
import { kiwixShownUrl } from "./kiwix-shown-url.ts";
import type { Answer } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";
import { toHit } from "./to-hit.ts";
import { wikipediaLanguage } from "./wikipedia.ts";

export interface KiwixSearch {
  baseUrl: string;
  books: readonly KiwixBook[];
  query: string;
  signal: AbortSignal;
}

/** Fewer than this, and the next, looser way to ask is tried too. */
const enough = 3;

/** The articles whose text has the words of a question; what the stricter way to ask found comes first. */
export async function kiwixTexts({ baseUrl, books, query, signal }: KiwixSearch): Promise<Answer<SearchHit[]>> {
  const shelves = shelvesOf(books, wikipediaLanguage(query));
  let found: SearchHit[] = [];
  let failed: Answer<SearchHit[]> | null = null;
  for (const words of kiwixQueries(query)) {
    const answers = await Promise.all(shelves.map((shelf) => searchShelf({ baseUrl, books: shelf, query: words, signal })));
    found = eachOnce([...found, ...answers.flatMap((answer) => (answer.ok ? answer.value : []))]);
    failed = answers.find((answer) => !answer.ok) ?? failed;
    if (found.length >= enough || answers.every((answer) => !answer.ok)) break;
  }
  return found.length === 0 && failed ? failed : { ok: true, value: found };
}

/** Books of one language together: newer servers refuse a search across several. The question's own language first. */
function shelvesOf(books: readonly KiwixBook[], language: string): KiwixBook[][] {
  const shelves = Map.groupBy(
    books.filter(({ isIndexed }) => isIndexed),
    (book) => book.language,
  );
  const isOwn = (shelf: KiwixBook[]) => shelf.some((book) => book.wikipedia === language || book.language.startsWith(language));
  const inOrder = [...shelves].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, shelf]) => shelf);
  return [...inOrder.filter(isOwn), ...inOrder.filter((shelf) => !isOwn(shelf))];
}

async function searchShelf({ baseUrl, books, query, signal }: KiwixSearch): Promise<Answer<SearchHit[]>> {
  const url = serviceUrl(baseUrl, "search", { pattern: query, format: "xml", start: "0", pageLength: "10" });
  for (const book of books) url.searchParams.append("books.name", book.name);
  const answer = await askText(url, { signal, headers: { accept: "application/rss+xml" }, timeoutMs: 30_000 });
  if (!answer.ok) return answer;
  if (!answer.value.includes("<rss")) return { ok: false, reason: "provider-failed", detail: `${url.host} answered in an unknown form` };
  return { ok: true, value: feedRecords(answer.value, "item").flatMap((item) => toKiwixHit(item, books, baseUrl) ?? []) };
}

function toKiwixHit(item: FeedRecord, books: readonly KiwixBook[], baseUrl: string): SearchHit | null {
  const title = item.text("title");
  const place = kiwixPlace(item.text("link"), baseUrl);
  return place && toHit({ url: kiwixShownUrl(place, title, { books, baseUrl }), title, snippet: item.text("description") });
}
