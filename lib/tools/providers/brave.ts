import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import { hasStatus } from "./has-status.ts";
import type { SearchProvider } from "./provider.ts";
import type { KeyedService } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";
import { dayOf, toHit } from "./to-hit.ts";

const form = z.object({ web: z.object({ results: z.array(z.unknown()).nullish() }).nullish() });
const resultForm = z.object({
  url: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  /** `2026-03-01T10:00:00`, where `age` says it for people: `March 1, 2026`. */
  page_age: z.string().nullish(),
  age: z.string().nullish(),
});

/** Longer queries are refused with 422. */
const longestQuery = 400;
const mostWords = 50;

/** Brave's own index of the web. */
export const brave = ({ apiKey, baseUrl = "https://api.search.brave.com" }: KeyedService): SearchProvider => ({
  name: "brave",
  manners: { atOnce: 1, everyMs: 1_050 }, // its free plan allows one query a second
  async ask(query, signal) {
    const short = query.split(/\s+/).slice(0, mostWords).join(" ").slice(0, longestQuery).toWellFormed();
    const url = serviceUrl(baseUrl, "res/v1/web/search", { q: short, count: "10" });
    const answer = await askJson(url, form, { signal, headers: { "x-subscription-token": apiKey } });
    if (hasStatus(answer, 422)) return { ok: false, reason: "refused", detail: "HTTP 422, which is its word for a wrong key" };
    if (!answer.ok) return answer;
    const toBraveHit = ({ description, page_age, age, ...found }: z.infer<typeof resultForm>) =>
      toHit({ ...found, snippet: description, date: dayOf(page_age) ?? age });
    return { ok: true, value: firstTen(answer.value.web?.results, resultForm, toBraveHit) };
  },
});
