import { siteOf } from "#lib/std/site-of.ts";
import { safeFetch } from "#lib/tools/fetch/safe-fetch.ts";
import { readPage } from "#lib/tools/reader/read-page.ts";
import type { PageRead } from "#lib/tools/tool.ts";
import type { Answer, PageProvider } from "./provider.ts";

/** Reads pages straight from the web. What one site does is no sign of what the next one will do. */
export const directPages = (options: { allowHosts: readonly string[] }): PageProvider => ({
  name: "direct",
  manners: { atOnce: 10, local: true },
  partOf: (url) => URL.parse(url)?.host ?? "",
  ask: (url, signal) => read(url, options.allowHosts, signal),
});

async function read(requestedUrl: string, allowHosts: readonly string[], signal: AbortSignal): Promise<Answer<PageRead>> {
  const fetchedAt = new Date().toISOString();
  const fetched = await safeFetch(requestedUrl, { allowHosts, signal });
  signal.throwIfAborted();
  if (!fetched.ok) return fetched;
  const { url, status, contentType, bytes } = fetched;
  const document = await readPage(bytes, { url, contentType, signal });
  signal.throwIfAborted();
  if (!document.ok) return document;
  return {
    ok: true,
    value: { requestedUrl, url, title: document.title || url, site: siteOf(url), text: document.text, status, fetchedAt },
  };
}
