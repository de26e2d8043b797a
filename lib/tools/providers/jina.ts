import { z } from "zod";
import { unlessAborted } from "#lib/std/unless-aborted.ts";
import { askJson } from "./ask-service.ts";
import { hasStatus } from "./has-status.ts";
import { mayLeave, outsideUrl } from "./may-leave.ts";
import type { PageProvider } from "./provider.ts";
import { remotePage } from "./remote-page.ts";
import type { RemoteReader } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";

const form = z.object({
  data: z.object({
    title: z.string().nullish(),
    url: z.string().nullish(),
    content: z.string().nullish(),
    /** `Target URL returned error 404: Not Found`: the only place where it tells what the site answered. */
    warning: z.string().nullish(),
  }),
});

/** Jina's reader, which opens a page in a browser of its own. A key allows 500 pages a minute, none 20. */
export const jina = (options: RemoteReader & { apiKey?: string | undefined }): PageProvider => ({
  name: "jina",
  manners: options.apiKey ? { atOnce: 10, everyMs: 120 } : { atOnce: 2, everyMs: 3_000 },
  isFor: (address) => outsideUrl(address, options.ownHosts) !== null,
  async ask(address, signal) {
    const { apiKey, baseUrl = "https://r.jina.ai" } = options;
    const url = await unlessAborted(mayLeave(address, options), signal);
    if (!url) return null;
    const fetchedAt = new Date().toISOString();
    const answer = await askJson(serviceUrl(baseUrl, ""), form, {
      signal,
      method: "POST",
      headers: { "x-return-format": "markdown", "x-timeout": "30", ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: { url: url.href },
      timeoutMs: 50_000, // as long as the model's own training environment waited for it
    });
    if (hasStatus(answer, 400, 422)) return { ok: false, reason: "unreadable-page", detail: "the reader could not open it" };
    if (!answer.ok) return answer;
    const { title, url: finalUrl, content, warning } = answer.value.data;
    const siteStatus = Number(/returned error (\d{3})/.exec(warning ?? "")?.[1] ?? 200);
    return remotePage({ requestedUrl: address, url: finalUrl, title, markdown: content, siteStatus, fetchedAt });
  },
});
