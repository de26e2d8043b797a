import { z } from "zod";
import { unlessAborted } from "#lib/std/unless-aborted.ts";
import { askJson } from "./ask-service.ts";
import { mayLeave, outsideUrl } from "./may-leave.ts";
import type { PageProvider } from "./provider.ts";
import { remotePage } from "./remote-page.ts";
import type { RemoteReader } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";

const text = z.union([z.string(), z.array(z.string()).transform((parts) => parts[0])]).nullish();
const form = z.object({
  data: z.object({
    markdown: z.string().nullish(),
    metadata: z.object({ title: text, url: text, sourceURL: text, statusCode: z.number().nullish() }).nullish(),
  }),
});

/** Firecrawl, its cloud or one of the operator's own. Its smallest plan has two browsers. */
export const firecrawl = (options: RemoteReader & { apiKey: string }): PageProvider => ({
  name: "firecrawl",
  manners: { atOnce: 2 },
  isFor: (address) => outsideUrl(address, options.ownHosts) !== null,
  async ask(address, signal) {
    const { apiKey, baseUrl = "https://api.firecrawl.dev" } = options;
    const url = await unlessAborted(mayLeave(address, options), signal);
    if (!url) return null;
    const fetchedAt = new Date().toISOString();
    const answer = await askJson(serviceUrl(baseUrl, "v2/scrape"), form, {
      signal,
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}` },
      body: { url: url.href, formats: ["markdown"], onlyMainContent: true, timeout: 30_000 },
      timeoutMs: 60_000,
    });
    if (!answer.ok) return answer;
    const { markdown, metadata } = answer.value.data;
    const { title, url: finalUrl, sourceURL, statusCode } = metadata ?? {};
    return remotePage({ requestedUrl: address, url: finalUrl ?? sourceURL, title, markdown, siteStatus: statusCode, fetchedAt });
  },
});
