import PQueue from "p-queue";
import { z } from "zod";
import type { SearchHit } from "#lib/domain/tool-details.ts";
import { siteOf } from "#lib/std/site-of.ts";
import { withRetry } from "#lib/tools/policies/with-retry.ts";
import { getJson } from "./get-json.ts";
import { plainText } from "./plain-text.ts";
import type { SearchProvider } from "./search-provider.ts";

const resultSchema = z.object({ url: z.string(), title: z.string(), content: z.string().nullish(), publishedDate: z.string().nullish() });
const answerSchema = z.object({ results: z.array(z.unknown()) });

/** A SearXNG instance of the operator's, by its JSON interface (`search.formats` must list json there). */
export function searxng(baseUrl: string): SearchProvider {
  const queue = new PQueue({ concurrency: 4 });
  return {
    name: "searxng",
    async search(query, signal) {
      const url = new URL("search", baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
      url.search = String(new URLSearchParams({ q: query, format: "json" }));
      const answer = await queue.add(() => withRetry({ attempts: 3, signal }, () => getJson(url, { signal })), { signal });
      if (!answer.ok) {
        const hint = answer.reason === "refused" ? "; its settings must allow the json format" : "";
        return { ...answer, detail: `${answer.detail}${hint}` };
      }
      const parsed = answerSchema.safeParse(answer.json);
      if (!parsed.success) return { ok: false, reason: "provider-failed", detail: "SearXNG answered in an unknown form" };
      return { ok: true, hits: parsed.data.results.flatMap(toHit).slice(0, 10) };
    },
  };
}

function toHit(result: unknown): SearchHit[] {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success || !/^https?:/i.test(parsed.data.url)) return [];
  const { url, title, content, publishedDate } = parsed.data;
  return [
    {
      title: plainText(title),
      url,
      site: siteOf(url),
      snippet: plainText(content ?? ""),
      ...(publishedDate && { date: publishedDate.slice(0, 10) }),
    },
  ];
}
