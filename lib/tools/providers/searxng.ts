import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import type { SearchProvider } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";
import { dayOf, toHit } from "./to-hit.ts";

const form = z.object({ results: z.array(z.unknown()) });
const resultForm = z.object({
  url: z.string(),
  title: z.string().nullish(),
  content: z.string().nullish(),
  publishedDate: z.string().nullish(),
});

/** A SearXNG instance of the operator's, by its JSON interface (`search.formats` must list json there). */
export const searxng = (baseUrl: string): SearchProvider => ({
  name: "searxng",
  manners: { atOnce: 4 },
  async ask(query, signal) {
    const answer = await askJson(serviceUrl(baseUrl, "search", { q: query, format: "json" }), form, { signal });
    const toSearxngHit = ({ content, publishedDate, ...found }: z.infer<typeof resultForm>) =>
      toHit({ ...found, snippet: content, date: dayOf(publishedDate) });
    if (answer.ok) return { ok: true, value: firstTen(answer.value.results, resultForm, toSearxngHit) };
    return answer.reason === "refused" ? { ...answer, detail: `${answer.detail}; its settings must allow the json format` } : answer;
  },
});
