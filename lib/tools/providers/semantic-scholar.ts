import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import { plainText } from "./plain-text.ts";
import type { ScholarProvider } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";
import { toPaper } from "./to-paper.ts";

const form = z.object({ data: z.array(z.unknown()).nullish() });
const resultForm = z.object({
  paperId: z.string().nullish(),
  title: z.string(),
  abstract: z.string().nullish(),
  url: z.string().nullish(),
  venue: z.string().nullish(),
  year: z.number().nullish(),
  authors: z.array(z.object({ name: z.string().nullish() })).nullish(),
  citationCount: z.number().nullish(),
  openAccessPdf: z.object({ url: z.string().nullish() }).nullish(),
});
const fields = "title,abstract,url,venue,year,authors,citationCount,openAccessPdf";

interface Options {
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
}

/** Semantic Scholar. A key allows a request a second; without one the 100 requests in 5 minutes are shared with everybody. */
export const semanticScholar = ({ apiKey, baseUrl = "https://api.semanticscholar.org" }: Options): ScholarProvider => ({
  name: "semantic-scholar",
  manners: { atOnce: 1, everyMs: apiKey ? 1_050 : 3_000 },
  async ask(query, signal) {
    const url = serviceUrl(baseUrl, "graph/v1/paper/search", { query: spaced(query), limit: "10", fields });
    const answer = await askJson(url, form, { signal, headers: { ...(apiKey && { "x-api-key": apiKey }) } });
    if (!answer.ok) return answer;
    return { ok: true, value: firstTen(answer.value.data, resultForm, toSemanticPaper) };
  },
});

/** Its search takes words alone, and finds nothing where a hyphen joins two. */
const spaced = (query: string) => query.replace(/[-"]+/g, " ").slice(0, 300).toWellFormed();

function toSemanticPaper({ paperId, title, url, authors, citationCount, openAccessPdf, ...work }: z.infer<typeof resultForm>) {
  const own = paperId ? `https://www.semanticscholar.org/paper/${encodeURIComponent(paperId)}` : null;
  return toPaper({
    ...work,
    title: plainText(title),
    urls: [url, own],
    pdfUrl: openAccessPdf?.url,
    authors: (authors ?? []).map(({ name }) => name),
    citedBy: citationCount,
  });
}
