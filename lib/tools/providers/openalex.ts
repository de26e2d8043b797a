import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import { plainText } from "./plain-text.ts";
import type { ScholarProvider } from "./provider.ts";
import type { KeyedService } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";
import { textOfIndex } from "./text-of-index.ts";
import { toPaper } from "./to-paper.ts";

const location = z
  .object({
    pdf_url: z.string().nullish(),
    landing_page_url: z.string().nullish(),
    source: z.object({ display_name: z.string().nullish() }).nullish(),
  })
  .nullish();
const form = z.object({ results: z.array(z.unknown()).nullish() });
const workForm = z.object({
  id: z.string().nullish(),
  doi: z.string().nullish(),
  title: z.string(),
  publication_year: z.number().nullish(),
  cited_by_count: z.number().nullish(),
  abstract_inverted_index: z.record(z.string(), z.array(z.number())).nullish(),
  best_oa_location: location,
  primary_location: location,
  authorships: z.array(z.object({ author: z.object({ display_name: z.string().nullish() }).nullish() })).nullish(),
});
const select = Object.keys(workForm.shape).join(",");

/**
 * OpenAlex. Its key travels in the address, the only place it is read from; no message of ours has more of an address than the host. A key
 * is free, and good for about a thousand searches a day.
 */
export const openAlex = (options: KeyedService & { contactEmail?: string | undefined }): ScholarProvider => ({
  name: "openalex",
  manners: { atOnce: 4 }, // it allows 100 requests a second, and counts their price by the day
  async ask(query, signal) {
    const { apiKey, contactEmail, baseUrl = "https://api.openalex.org" } = options;
    // Commas and bars are operators of its search.
    const words = query.replace(/[,|]+/g, " ").slice(0, 500).toWellFormed();
    const url = serviceUrl(baseUrl, "works", {
      search: words,
      per_page: "10",
      select,
      api_key: apiKey,
      ...(contactEmail && { mailto: contactEmail }),
    });
    const answer = await askJson(url, form, { signal });
    if (!answer.ok) return answer;
    return { ok: true, value: firstTen(answer.value.results, workForm, toOpenAlexPaper) };
  },
});

function toOpenAlexPaper(work: z.infer<typeof workForm>) {
  return toPaper({
    title: plainText(work.title),
    urls: [work.doi, work.primary_location?.landing_page_url, work.id],
    pdfUrl: work.best_oa_location?.pdf_url ?? work.primary_location?.pdf_url,
    authors: (work.authorships ?? []).map(({ author }) => author?.display_name),
    venue: work.primary_location?.source?.display_name,
    year: work.publication_year,
    citedBy: work.cited_by_count,
    abstract: textOfIndex(work.abstract_inverted_index ?? {}),
  });
}
