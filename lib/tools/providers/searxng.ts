import { z } from "zod";
import type { SearchHit } from "#lib/domain/tool-details.ts";
import { siteOf } from "#lib/std/site-of.ts";
import { askJson } from "./ask-service.ts";
import { plainText } from "./plain-text.ts";
import type { SearchProvider } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";

const resultSchema = z.object({ url: z.string(), title: z.string(), content: z.string().nullish(), publishedDate: z.string().nullish() });
const form = z.object({ results: z.array(z.unknown()) });

/** A SearXNG instance of the operator's, by its JSON interface (`search.formats` must list json there). */
export const searxng = (baseUrl: string): SearchProvider => ({
  name: "searxng",
  manners: { atOnce: 4 },
  async ask(query, signal) {
    const answer = await askJson(serviceUrl(baseUrl, "search", { q: query, format: "json" }), form, { signal });
    if (answer.ok) return { ok: true, value: answer.value.results.flatMap(toHit).slice(0, 10) };
    return answer.reason === "refused" ? { ...answer, detail: `${answer.detail}; its settings must allow the json format` } : answer;
  },
});

function toHit(result: unknown): SearchHit[] {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success || !/^https?:/i.test(parsed.data.url)) return [];
  const { url, title, content, publishedDate } = parsed.data;
  const date = publishedDate ? { date: publishedDate.slice(0, 10) } : {};
  return [{ title: plainText(title), url, site: siteOf(url), snippet: plainText(content ?? ""), ...date }];
}
