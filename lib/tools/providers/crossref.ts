import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import { jatsText } from "./jats-text.ts";
import { plainText } from "./plain-text.ts";
import type { ScholarProvider } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";
import { toPaper } from "./to-paper.ts";

const texts = z.array(z.string()).nullish();
const form = z.object({ message: z.object({ items: z.array(z.unknown()).nullish() }) });
const itemForm = z.object({
  title: texts,
  DOI: z.string().nullish(),
  URL: z.string().nullish(),
  abstract: z.string().nullish(),
  author: z.array(z.object({ given: z.string().nullish(), family: z.string().nullish(), name: z.string().nullish() })).nullish(),
  "container-title": texts,
  publisher: z.string().nullish(),
  issued: z.object({ "date-parts": z.array(z.array(z.number().nullish())).nullish() }).nullish(),
  "is-referenced-by-count": z.number().nullish(),
  link: z.array(z.object({ URL: z.string().nullish(), "content-type": z.string().nullish() })).nullish(),
});
const select = "title,DOI,URL,abstract,author,container-title,publisher,issued,is-referenced-by-count,link";

interface Options {
  /** Whom it may write to when we are a burden; it is kinder to those who say. */
  contactEmail?: string | undefined;
  baseUrl?: string | undefined;
}

/** Crossref, where publishers register what they publish. Without an address to write to one request at a time, one a second. */
export const crossref = ({ contactEmail, baseUrl = "https://api.crossref.org" }: Options): ScholarProvider => ({
  name: "crossref",
  manners: contactEmail ? { atOnce: 3, everyMs: 350 } : { atOnce: 1, everyMs: 1_050 },
  async ask(query, signal) {
    const url = serviceUrl(baseUrl, "works", {
      query: query.slice(0, 500).toWellFormed(),
      rows: "10",
      select,
      ...(contactEmail && { mailto: contactEmail }),
    });
    const answer = await askJson(url, form, { signal, timeoutMs: 20_000 });
    if (!answer.ok) return answer;
    return { ok: true, value: firstTen(answer.value.message.items, itemForm, toCrossrefPaper) };
  },
});

function toCrossrefPaper(item: z.infer<typeof itemForm>) {
  const doi = item.DOI ? `https://doi.org/${encodeURI(item.DOI)}` : null;
  return toPaper({
    title: plainText(item.title?.[0] ?? ""),
    urls: [item.URL, doi],
    pdfUrl: item.link?.find((link) => link["content-type"] === "application/pdf")?.URL,
    authors: (item.author ?? []).map(({ given, family, name }) => name ?? [given, family].filter(Boolean).join(" ")),
    venue: plainText(item["container-title"]?.[0] ?? item.publisher ?? ""),
    year: item.issued?.["date-parts"]?.[0]?.[0],
    citedBy: item["is-referenced-by-count"],
    abstract: jatsText(item.abstract ?? ""),
  });
}
