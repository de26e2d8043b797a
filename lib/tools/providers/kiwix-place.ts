/** An article of a book on a Kiwix server: both as they stand in addresses, decoded. */
export interface KiwixPlace {
  book: string;
  path: string;
}

/** First parts of addresses that are no books. */
const reserved = new Set(["catalog", "catch", "content", "nojs", "random", "raw", "search", "skin", "suggest", "viewer"]);

/**
 * The article an address of the server names. Servers before kiwix-tools 3.4 write `/<book>/<path>`, later ones `/content/<book>/<path>`;
 * `/raw/<book>/content/<path>` is the article without the server's own bar. Null for every other address.
 */
export function kiwixPlace(address: string, baseUrl: string): KiwixPlace | null {
  const base = new URL(baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
  const url = URL.parse(address, base);
  if (url?.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
  const parts = url.pathname.slice(base.pathname.length).split("/");
  const [first, second, third] = parts;
  if (first === "raw") return third === "content" ? place(second, parts.slice(3)) : null;
  if (first === "content") return place(second, parts.slice(2));
  return first && !reserved.has(first) ? place(first, parts.slice(1)) : null;
}

/** Below the base address: the article as the book holds it. */
export const rawPath = ({ book, path }: KiwixPlace) => `raw/${encodeURIComponent(book)}/content/${encoded(path)}`;
/** Below the base address: the article as a browser shows it. Newer servers redirect from here to where they have it. */
export const browserPath = ({ book, path }: KiwixPlace) => `./${encodeURIComponent(book)}/${encoded(path)}`;

function place(book: string | undefined, parts: string[]): KiwixPlace | null {
  const path = parts.map(decoded).join("/");
  return book && !hasDots(path) ? { book: decoded(book), path } : null;
}

/** Whether a path would lead out of the book once it is part of an address again (`..%2F..`). */
export const hasDots = (path: string) => path.split("/").some((part) => part === "." || part === "..");

const encoded = (path: string) => path.split("/").map(encodeURIComponent).join("/");

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone % stands for itself
  }
}
