import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import type { SearchProvider } from "./provider.ts";
import type { KeyedService } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";
import { toHit } from "./to-hit.ts";

export const serperAddress = "https://google.serper.dev";
/** Its smallest plan allows 50 queries a second. */
export const serperManners = { atOnce: 10, everyMs: 20 };

const form = z.object({ organic: z.array(z.unknown()).nullish() });
const resultForm = z.object({ link: z.string(), title: z.string().nullish(), snippet: z.string().nullish(), date: z.string().nullish() });

/** Google through serper.dev, asked as the model's own training environment asked it: in Chinese from China, else in English. */
export const serper = ({ apiKey, baseUrl = serperAddress }: KeyedService): SearchProvider => ({
  name: "serper",
  manners: serperManners,
  async ask(query, signal) {
    const body = { q: query, ...localeOf(query) };
    const answer = await askJson(serviceUrl(baseUrl, "search"), form, {
      signal,
      method: "POST",
      headers: { "x-api-key": apiKey },
      body,
    });
    if (!answer.ok) return answer;
    return { ok: true, value: firstTen(answer.value.organic, resultForm, ({ link, ...found }) => toHit({ ...found, url: link })) };
  },
});

const localeOf = (query: string) =>
  /[\u4e00-\u9fff]/.test(query) ? { location: "China", gl: "cn", hl: "zh-cn" } : { location: "United States", gl: "us", hl: "en" };
