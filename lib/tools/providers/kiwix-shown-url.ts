import type { KiwixBook } from "./kiwix-books.ts";
import { browserPath, type KiwixPlace } from "./kiwix-place.ts";
import { serviceUrl } from "./service-url.ts";
import { wikipediaUrl } from "./wikipedia-address.ts";

/**
 * The address an article is cited by: Wikipedia's own for its articles, and for those of other books the one on the server. Old books keep
 * their articles below `A/`, which is no part of a title.
 */
export function kiwixShownUrl(
  place: KiwixPlace,
  title: string,
  { books, baseUrl }: { books: readonly KiwixBook[]; baseUrl: string },
): string {
  const language = books.find((book) => book.name === place.book)?.wikipedia;
  if (!language) return serviceUrl(baseUrl, browserPath(place)).href;
  const isBelow = place.path.startsWith("A/") && !title.startsWith("A/");
  return wikipediaUrl({ language, title: isBelow ? place.path.slice(2) : place.path });
}
