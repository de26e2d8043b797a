import { askText } from "./ask-service.ts";
import { type FeedRecord, feedRecords } from "./feed-records.ts";
import type { ScholarProvider } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";
import { toPaper } from "./to-paper.ts";

/** arXiv, by its Atom interface. It asks for one request in three seconds on one connection. */
export const arxiv = ({ baseUrl = "https://export.arxiv.org" }: { baseUrl?: string | undefined } = {}): ScholarProvider => ({
  name: "arxiv",
  manners: { atOnce: 1, everyMs: 3_000 },
  async ask(query, signal) {
    const words = wordsOf(query);
    if (words.length === 0) return { ok: true, value: [] };
    const url = serviceUrl(baseUrl, "api/query", {
      search_query: words.map((word) => `all:${word}`).join(" AND "),
      max_results: "10",
      sortBy: "relevance",
    });
    const answer = await askText(url, { signal, headers: { accept: "application/atom+xml" }, timeoutMs: 20_000 });
    if (!answer.ok) return answer;
    if (!answer.value.includes("<feed")) return { ok: false, reason: "provider-failed", detail: `${url.host} answered in an unknown form` };
    return {
      ok: true,
      value: feedRecords(answer.value, "entry")
        .flatMap((entry) => toArxivPaper(entry) ?? [])
        .slice(0, 10),
    };
  },
});

/** Its query has operators, fields and brackets: only words are sent. */
const wordsOf = (query: string) =>
  (query.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}.]*/gu) ?? []).filter((word) => !/^(AND|OR|ANDNOT)$/.test(word)).slice(0, 12);

function toArxivPaper(entry: FeedRecord) {
  const link = (attribute: string, value: string) => entry.links.find((each) => each[attribute] === value)?.href;
  // A wrong request is answered with an entry called Error, whose address lies elsewhere.
  if (!entry.text("id").includes("/abs/")) return null;
  return toPaper({
    title: entry.text("title"),
    urls: [link("rel", "alternate"), entry.text("id")].map(secure),
    pdfUrl: secure(link("title", "pdf")),
    authors: entry.texts("author/name"),
    venue: entry.text("arxiv:journal_ref") || "arXiv",
    year: entry.text("published").slice(0, 4),
    abstract: entry.text("summary"),
  });
}

/** It still writes http, and redirects. */
const secure = (url: string | undefined) => url?.replace(/^http:\/\/(?=([a-z]+\.)?arxiv\.org\/)/, "https://");
