import { z } from "zod";
import type { SearchHit } from "#lib/domain/tool-details.ts";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import type { KiwixBook } from "./kiwix-books.ts";
import { kiwixSubject } from "./kiwix-query.ts";
import { kiwixShownUrl } from "./kiwix-shown-url.ts";
import type { KiwixSearch } from "./kiwix-texts.ts";
import { plainText } from "./plain-text.ts";
import { serviceUrl } from "./service-url.ts";
import { toHit } from "./to-hit.ts";

/** Titles are looked up book by book, in some 8 ms each. */
const mostBooks = 5;
const suggestionForm = z.object({ value: z.string(), kind: z.literal("path"), path: z.string() });

/** The articles in whose titles the subject of a question stands. An extra beside the texts: a book that cannot say has none. */
export async function kiwixTitles(search: KiwixSearch): Promise<SearchHit[]> {
  const term = kiwixSubject(search.query);
  if (!term) return [];
  return (await Promise.all(search.books.slice(0, mostBooks).map((book) => titlesOf(book, term, search)))).flat();
}

async function titlesOf(book: KiwixBook, term: string, { baseUrl, books, signal }: KiwixSearch): Promise<SearchHit[]> {
  const url = serviceUrl(baseUrl, "suggest", { content: book.name, term, count: "5" });
  const answer = await askJson(url, z.array(z.unknown()), { signal });
  return firstTen(answer.ok ? answer.value : [], suggestionForm, ({ value, path }) => {
    const title = plainText(value);
    return toHit({ url: kiwixShownUrl({ book: book.name, path }, title, { books, baseUrl }), title });
  });
}
