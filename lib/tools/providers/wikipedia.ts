import { z } from "zod";
import type { SearchHit } from "#lib/domain/tool-details.ts";
import { askJson } from "./ask-service.ts";
import { plainText } from "./plain-text.ts";
import type { SearchProvider } from "./provider.ts";
import { serviceUrl } from "./service-url.ts";
import { wikipediaPath } from "./wikipedia-address.ts";

const form = z.object({
  query: z.object({ search: z.array(z.object({ title: z.string(), snippet: z.string(), timestamp: z.string().optional() })) }).optional(),
});

/** Scripts that tell which Wikipedia to ask; a question in Latin letters asks the English one. Kana before Han: Japanese uses both. */
const scripts: [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Devanagari}/u, "hi"],
  [/\p{Script=Thai}/u, "th"],
];
export const wikipediaLanguage = (query: string) => scripts.find(([script]) => script.test(query))?.[1] ?? "en";

/**
 * Wikipedia's own search, which needs no key. Its rules ask for a User-Agent and few requests at a time. `baseUrl` replaces
 * `https://<language>.wikipedia.org`, for a mirror.
 */
export const wikipedia = (options: { baseUrl?: string | undefined } = {}): SearchProvider => ({
  name: "wikipedia",
  manners: { atOnce: 2 },
  async ask(query, signal) {
    const base = options.baseUrl ?? `https://${wikipediaLanguage(query)}.wikipedia.org`;
    const parameters = { action: "query", list: "search", srsearch: query.slice(0, 300), srlimit: "10", format: "json" };
    const answer = await askJson(serviceUrl(base, "/w/api.php", parameters), form, { signal });
    if (!answer.ok) return answer;
    return { ok: true, value: (answer.value.query?.search ?? []).map((hit) => toHit(hit, base)) };
  },
});

function toHit(hit: { title: string; snippet: string; timestamp?: string | undefined }, base: string): SearchHit {
  const url = new URL(wikipediaPath(hit.title), base);
  return { title: hit.title, url: url.href, site: url.hostname.replace(/^www\./, ""), snippet: plainText(hit.snippet) };
}
