import type { Sql } from "postgres";
import { corpusDocumentByUrl } from "#db/queries/corpus.ts";
import { searchCorpus } from "#lib/sources/corpus.ts";
import { siteOf } from "#lib/std/site-of.ts";
import type { PageProvider, SearchProvider } from "./provider.ts";

/** Our own database: what it can take is not for this to limit. */
const manners = { atOnce: 16, local: true };

/** Searches the operator's own documents. */
export function corpusSearch(sql: Sql): SearchProvider {
  return {
    name: "corpus",
    manners,
    async ask(query, signal) {
      signal.throwIfAborted();
      const hits = await searchCorpus(sql, query, 10);
      if (hits.length === 0) return { ok: false, reason: "no-results", detail: "No document of the corpus has any of these words" };
      return { ok: true, value: hits.map(({ title, url, snippet }) => ({ title, url, site: siteOfDocument(url), snippet })) };
    },
  };
}

/** Reads the documents of the corpus under the addresses they came from; every other address is somebody else's. */
export function corpusPages(sql: Sql): PageProvider {
  return {
    name: "corpus",
    manners,
    async ask(url, signal) {
      signal.throwIfAborted();
      const document = await corpusDocumentByUrl(sql, spellingsOf(url));
      if (!document) return null;
      const { title, text, loadedAt } = document;
      const page = {
        requestedUrl: url,
        url: document.url,
        title,
        site: siteOfDocument(document.url),
        text,
        status: 200,
        fetchedAt: loadedAt,
      };
      return { ok: true, value: page };
    },
  };
}

const siteOfDocument = (url: string) => (url.startsWith("corpus://") ? "corpus" : siteOf(url));

/** The ways one address is commonly written: as given, trimmed, without fragment, with and without the last slash, encoded and not. */
function spellingsOf(url: string): string[] {
  const trimmed = url.trim().replaceAll("\0", "");
  const bare = trimmed.replace(/#.*$/s, "");
  const spellings = [trimmed, bare, bare.replace(/\/$/, ""), `${bare}/`];
  return [...new Set([...spellings, ...spellings.flatMap(encodings)])].filter((spelling) => spelling !== "");
}

function encodings(url: string): string[] {
  try {
    const decoded = decodeURI(url);
    return [decoded, encodeURI(decoded)].filter((spelling) => !spelling.includes("\0"));
  } catch {
    return []; // a lone % is no encoding: the address stands as it is
  }
}
