import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import type { SearchProvider } from "./provider.ts";
import type { KeyedService } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";
import { dayOf, toHit } from "./to-hit.ts";

const form = z.object({ results: z.array(z.unknown()).nullish() });
const resultForm = z.object({
  url: z.string(),
  title: z.string().nullish(),
  publishedDate: z.string().nullish(),
  text: z.string().nullish(),
  highlights: z.array(z.string()).nullish(),
});

/** Exa, which searches by meaning. Its highlights are the passages of a page that answer the query. */
export const exa = ({ apiKey, baseUrl = "https://api.exa.ai" }: KeyedService): SearchProvider => ({
  name: "exa",
  manners: { atOnce: 5, everyMs: 100 }, // ten queries a second
  async ask(query, signal) {
    const body = { query, type: "auto", numResults: 10, contents: { highlights: true } };
    const answer = await askJson(serviceUrl(baseUrl, "search"), form, { signal, method: "POST", headers: { "x-api-key": apiKey }, body });
    if (!answer.ok) return answer;
    const toExaHit = ({ publishedDate, text, highlights, ...found }: z.infer<typeof resultForm>) =>
      toHit({ ...found, snippet: highlights?.join(" … ") || text, date: dayOf(publishedDate) });
    return { ok: true, value: firstTen(answer.value.results, resultForm, toExaHit) };
  },
});
