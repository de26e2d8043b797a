import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import { hasStatus } from "./has-status.ts";
import type { SearchProvider } from "./provider.ts";
import type { KeyedService } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";
import { toHit } from "./to-hit.ts";

const form = z.object({ results: z.array(z.unknown()).nullish() });
const resultForm = z.object({
  url: z.string(),
  title: z.string().nullish(),
  content: z.string().nullish(),
  published_date: z.string().nullish(),
});

/** Tavily's search, in its basic depth: one credit a query. */
export const tavily = ({ apiKey, baseUrl = "https://api.tavily.com" }: KeyedService): SearchProvider => ({
  name: "tavily",
  manners: { atOnce: 5, everyMs: 600 }, // a development key allows 100 requests a minute
  async ask(query, signal) {
    const body = { query: query.slice(0, 400).toWellFormed(), search_depth: "basic", max_results: 10 };
    const answer = await askJson(serviceUrl(baseUrl, "search"), form, {
      signal,
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}` },
      body,
    });
    if (hasStatus(answer, 432, 433)) return { ok: false, reason: "refused", detail: "the credits of its plan are used up" };
    if (!answer.ok) return answer;
    const toTavilyHit = ({ content, published_date, ...found }: z.infer<typeof resultForm>) =>
      toHit({ ...found, snippet: content, date: published_date });
    return { ok: true, value: firstTen(answer.value.results, resultForm, toTavilyHit) };
  },
});
