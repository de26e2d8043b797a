import { type FakeService, type ServiceCall, type ServiceReply, startFakeService } from "./fake-service.ts";

export type ScholarIndex = "serper" | "semantic-scholar" | "crossref" | "arxiv" | "openalex";

/** A work as such an index lists it. */
export interface ListedWork {
  /** Makes its addresses: `10.5/eelgrass`. */
  id: string;
  title: string;
  authors: string[];
  venue: string;
  year: number;
  citedBy: number;
  abstract: string;
  hasPdf: boolean;
}

interface Index {
  path: string;
  isAllowed(call: ServiceCall, key: string): boolean;
  refusal: ServiceReply;
  reply(works: ListedWork[], more: unknown[]): ServiceReply;
}

const anyone = () => true;
const none: ServiceReply = { status: 404, json: {} };
const pdf = (id: string) => `https://papers.example/${id}.pdf`;

const indexes: Record<ScholarIndex, Index> = {
  serper: {
    path: "/scholar",
    isAllowed: ({ headers }, key) => headers["x-api-key"] === key,
    refusal: { status: 403, json: { message: "Unauthorized.", statusCode: 403 } },
    reply: (works, more) => ({
      json: {
        searchParameters: { type: "scholar" },
        organic: [
          ...more,
          ...works.map(({ id, title, authors, venue, year, citedBy, abstract, hasPdf }) => ({
            title,
            link: `https://publisher.example/${id}`,
            publicationInfo: `${authors.join(", ")} - ${venue}, ${year}`,
            snippet: abstract,
            year,
            citedBy,
            ...(hasPdf && { pdfUrl: pdf(id) }),
            id,
          })),
        ],
        credits: 1,
      },
    }),
  },
  "semantic-scholar": {
    path: "/graph/v1/paper/search",
    isAllowed: ({ headers }, key) => headers["x-api-key"] === undefined || headers["x-api-key"] === key,
    refusal: { status: 403, json: { message: "Forbidden" } },
    reply: (works, more) => ({
      json: {
        total: works.length,
        offset: 0,
        data: [
          ...more,
          ...works.map(({ id, title, authors, venue, year, citedBy, abstract, hasPdf }) => ({
            paperId: id,
            url: `https://www.semanticscholar.org/paper/${id}`,
            title,
            abstract,
            venue,
            year,
            citationCount: citedBy,
            openAccessPdf: hasPdf ? { url: pdf(id), status: "GREEN", license: null } : { url: "", status: "CLOSED", license: null },
            authors: authors.map((name, index) => ({ authorId: String(index), name })),
          })),
        ],
      },
    }),
  },
  crossref: {
    path: "/works",
    isAllowed: anyone,
    refusal: none,
    reply: (works, more) => ({
      json: {
        status: "ok",
        "message-type": "work-list",
        message: {
          "total-results": works.length,
          items: [
            ...more,
            ...works.map(({ id, title, authors, venue, year, citedBy, abstract, hasPdf }) => ({
              title: [title],
              DOI: id,
              URL: `https://doi.org/${id}`,
              abstract: `<jats:title>Abstract</jats:title><jats:p>${abstract}</jats:p>`,
              author: authors.map((name) => ({ given: name.split(" ")[0], family: name.split(" ").slice(1).join(" "), sequence: "first" })),
              "container-title": [venue],
              issued: { "date-parts": [[year, 3]] },
              "is-referenced-by-count": citedBy,
              link: hasPdf ? [{ URL: pdf(id), "content-type": "application/pdf", "intended-application": "text-mining" }] : [],
            })),
          ],
        },
      },
      headers: { "x-rate-limit-limit": "3", "x-rate-limit-interval": "1s" },
    }),
  },
  arxiv: {
    path: "/api/query",
    isAllowed: anyone,
    refusal: none,
    reply: (works, more) => ({ type: "application/atom+xml; charset=UTF-8", text: atomOf(works, more) }),
  },
  openalex: {
    path: "/works",
    isAllowed: ({ parameters }, key) => parameters.get("api_key") === key,
    refusal: { status: 401, json: { error: "Invalid API key", message: "The API key is not valid." } },
    reply: (works, more) => ({
      json: {
        meta: { count: works.length },
        results: [
          ...more,
          ...works.map(({ id, title, authors, venue, year, citedBy, abstract, hasPdf }) => ({
            id: "https://openalex.org/W1",
            doi: `https://doi.org/${id}`,
            title,
            publication_year: year,
            cited_by_count: citedBy,
            abstract_inverted_index: invertedIndex(abstract),
            best_oa_location: hasPdf ? { pdf_url: pdf(id), landing_page_url: null, source: null } : null,
            primary_location: { pdf_url: null, landing_page_url: `https://publisher.example/${id}`, source: { display_name: venue } },
            authorships: authors.map((display_name) => ({ author_position: "middle", author: { id: "A1", display_name } })),
          })),
        ],
      },
    }),
  },
};

/** An index of scholarly works, in its own words. `more`: entries of its list that are not as they should be (of the feed: XML). */
export function startFakeScholar(
  index: ScholarIndex,
  { key = "", works, more = [] }: { key?: string; works: ListedWork[]; more?: unknown[] },
): Promise<FakeService> {
  const { path, isAllowed, refusal, reply } = indexes[index];
  return startFakeService((call) => {
    if (call.path !== path) return none;
    return isAllowed(call, key) ? reply(works, more) : refusal;
  });
}

function invertedIndex(text: string): Record<string, number[]> {
  const places: Record<string, number[]> = {};
  for (const [place, word] of text.split(" ").entries()) places[word] = [...(places[word] ?? []), place];
  return places;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function atomOf(works: readonly ListedWork[], more: readonly unknown[]): string {
  const entries = works.map(
    ({ id, title, authors, venue, year, abstract, hasPdf }) => `<entry>
  <id>http://arxiv.org/abs/${id}</id>
  <updated>${year}-03-02T09:00:00Z</updated>
  <published>${year}-03-01T09:00:00Z</published>
  <title>${escaped(title)}</title>
  <summary>  ${escaped(abstract).replace(" ", "\n  ")}
</summary>
  ${authors.map((name) => `<author><name>${escaped(name)}</name><arxiv:affiliation>A university</arxiv:affiliation></author>`).join("\n  ")}
  <arxiv:journal_ref>${escaped(venue)}</arxiv:journal_ref>
  <link href="http://arxiv.org/abs/${id}" rel="alternate" type="text/html"/>
  ${hasPdf ? `<link title="pdf" href="http://arxiv.org/pdf/${id}" rel="related" type="application/pdf"/>` : ""}
  <arxiv:primary_category term="q-bio.PE" scheme="http://arxiv.org/schemas/atom"/>
</entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<link href="http://arxiv.org/api/query?search_query%3Dall" rel="self" type="application/atom+xml"/>
<title type="html">ArXiv Query: search_query=all</title>
<id>http://arxiv.org/api/1</id>
${[...more, ...entries].join("\n")}
</feed>`;
}
