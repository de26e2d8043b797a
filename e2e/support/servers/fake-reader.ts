import { type FakeService, startFakeService } from "./fake-service.ts";

/** A page as a remote reader has it. `status`: what its site answered. */
export interface RemotePageContent {
  title: string;
  markdown: string;
  status?: number;
  finalUrl?: string;
}

/** Jina's reader or Firecrawl, in their own words: pages by address. With a key it has to be sent. */
export function startFakeReader(
  vendor: "jina" | "firecrawl",
  { key, pages }: { key?: string; pages: Record<string, RemotePageContent> },
): Promise<FakeService> {
  return startFakeService(({ path, headers, body }) => {
    if (path !== (vendor === "jina" ? "/" : "/v2/scrape")) return { status: 404, json: {} };
    if (key && headers.authorization !== `Bearer ${key}`)
      return {
        status: 401,
        json: vendor === "jina" ? { code: 401, name: "AuthenticationFailedError" } : { error: "Unauthorized: Invalid token" },
      };
    const url = String((body as { url: unknown }).url); // what a test sent
    const page = pages[url];
    if (!page)
      return vendor === "jina"
        ? { status: 422, json: { code: 422, name: "AssertionFailureError" } }
        : { status: 500, json: { success: false } };
    return { json: (vendor === "jina" ? jinaJson : firecrawlJson)(url, page) };
  });
}

const jinaJson = (url: string, { title, markdown, status = 200, finalUrl = url }: RemotePageContent) => ({
  code: 200,
  status: 20_000,
  data: {
    ...{ title, description: "", url: finalUrl, content: markdown, usage: { tokens: 40 } },
    ...(status >= 400 && { warning: `Target URL returned error ${status}: No` }),
  },
});

const firecrawlJson = (url: string, { title, markdown, status = 200, finalUrl = url }: RemotePageContent) => ({
  success: true,
  data: { markdown, metadata: { title, language: "en", sourceURL: url, url: finalUrl, statusCode: status, contentType: "text/html" } },
});
