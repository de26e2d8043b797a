import { siteOf } from "#lib/std/site-of.ts";
import { safeFetch } from "#lib/tools/fetch/safe-fetch.ts";
import { readPage } from "#lib/tools/reader/read-page.ts";
import type { PageRead } from "#lib/tools/tool.ts";
import { kiwixManners } from "./kiwix.ts";
import { type KiwixBook, kiwixBooks } from "./kiwix-books.ts";
import { type KiwixPlace, kiwixPlace, rawPath } from "./kiwix-place.ts";
import { kiwixShownUrl } from "./kiwix-shown-url.ts";
import type { Answer, PageProvider } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";
import { wikipediaArticle } from "./wikipedia-address.ts";

/** An article redirects to another one; what goes on for longer goes round in circles. */
const mostRedirects = 5;

/** Reads articles from a Kiwix server, under Wikipedia's addresses where it has that Wikipedia. Every other address is somebody else's. */
export function kiwixPages(baseUrl: string): PageProvider {
  const booksOf = kiwixBooks(baseUrl);
  const isFor = (address: string) => wikipediaArticle(address) !== null || ownPlace(address, baseUrl) !== null;
  return {
    name: "kiwix",
    manners: kiwixManners,
    isFor,
    async ask(address, signal) {
      if (!isFor(address)) return null;
      const books = await booksOf(signal);
      if (!books.ok) return books;
      const places = placesOf(address, books.value, baseUrl);
      let answer: Answer<PageRead> | null = null;
      for (const place of places) {
        answer = await readArticle(place, address, { books: books.value, baseUrl, signal });
        if (answer.ok || answer.reason !== "not-found") return answer;
      }
      return answer;
    },
  };
}

const ownPlace = (address: string, baseUrl: string) => (URL.canParse(address) ? kiwixPlace(address, baseUrl) : null);

/** Where the article may be. Old books keep theirs below `A/`. */
function placesOf(address: string, books: readonly KiwixBook[], baseUrl: string): KiwixPlace[] {
  const own = ownPlace(address, baseUrl);
  if (own) return [own];
  const article = wikipediaArticle(address);
  const holding = books.filter((book) => article && book.wikipedia === article.language);
  return holding.flatMap(({ name }) => (article ? [article.title, `A/${article.title}`].map((path) => ({ book: name, path })) : []));
}

interface Reading {
  books: readonly KiwixBook[];
  baseUrl: string;
  signal: AbortSignal;
}

async function readArticle(asked: KiwixPlace, requestedUrl: string, { books, baseUrl, signal }: Reading): Promise<Answer<PageRead>> {
  const fetchedAt = new Date().toISOString();
  let place = asked;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const raw = serviceUrl(baseUrl, rawPath(place));
    const fetched = await safeFetch(raw.href, { allowHosts: [hostOf(raw)], signal });
    signal.throwIfAborted();
    if (!fetched.ok) return fetched;
    // A redirect inside a book leads to the page for browsers, which has the server's bar in it.
    const reached = kiwixPlace(fetched.url, baseUrl) ?? place;
    if (reached.book !== place.book || reached.path !== place.path) {
      place = reached;
      continue;
    }
    const document = await readPage(fetched.bytes, { url: fetched.url, contentType: fetched.contentType, signal });
    signal.throwIfAborted();
    if (!document.ok) return document;
    const url = kiwixShownUrl(place, document.title, { books, baseUrl });
    return {
      ok: true,
      value: { requestedUrl, url, title: document.title || url, site: siteOf(url), text: document.text, status: 200, fetchedAt },
    };
  }
  return { ok: false, reason: "too-many-redirects", detail: `more than ${mostRedirects} redirects` };
}

const hostOf = (url: URL) => `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
