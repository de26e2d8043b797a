import { json } from "node:stream/consumers";
import { hashOf, seeded } from "#e2e/support/servers/fake-model/seeded.ts";
import { listen } from "#e2e/support/servers/listen.ts";

export interface SlowWorld {
  searchUrl: string;
  pagesUrl: string;
  /** The host of the pages, for FETCH_ALLOW_HOSTS. */
  pagesHost: string;
  /** How long a page takes to begin to answer, in milliseconds. */
  latencyOf(path: string): number;
  /** Paths that were fetched, in order. */
  fetched: string[];
  /** When the first byte of a request for a path arrived, in `performance.now()` milliseconds. */
  arrivedAt: Map<string, number>;
  close(): Promise<void>;
}

/**
 * A search in the form of SearXNG (`GET`) and of Serper (`POST`), and the pages it finds, as slow as the web is: latencies are log-normal around the median and belong to their
 * page, so that every run meets the same ones. Ten hits a query.
 */
export async function startSlowWorld({ searchMs, pageMs, sigma }: { searchMs: number; pageMs: number; sigma: number }): Promise<SlowWorld> {
  const fetched: string[] = [];
  const arrivedAt = new Map<string, number>();
  const latencyOf = (path: string) => pageMs * Math.exp(sigma * normal(path));
  const pages = await listen((request, response) => {
    const path = request.url ?? "/";
    fetched.push(path);
    if (!arrivedAt.has(path)) arrivedAt.set(path, performance.now());
    setTimeout(() => response.writeHead(200, { "content-type": "text/html" }).end(htmlOf(path)), latencyOf(path));
  });
  const search = await listen(async (request, response) => {
    const isPost = request.method === "POST";
    const asked = isPost ? ((await json(request)) as { q: string }).q : new URL(request.url ?? "/", "http://search").searchParams.get("q");
    const hits = Array.from({ length: 10 }, (_, rank) => {
      const found = { title: `Hit ${rank} of ${asked}`, text: `What there is on ${asked}.` };
      const url = `${pages.url}/${encodeURIComponent(asked ?? "")}/${rank}`;
      return isPost ? { link: url, title: found.title, snippet: found.text } : { url, title: found.title, content: found.text };
    });
    const body = JSON.stringify(isPost ? { organic: hits } : { query: asked, results: hits });
    setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end(body), searchMs);
  });
  return {
    searchUrl: search.url,
    pagesUrl: pages.url,
    pagesHost: `127.0.0.1:${pages.port}`,
    latencyOf,
    fetched,
    arrivedAt,
    close: async () => void (await Promise.all([pages.close(), search.close()])),
  };
}

/** A standard normal number that belongs to a text (Box and Muller). */
function normal(text: string): number {
  const random = seeded(hashOf(text));
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const htmlOf = (path: string) =>
  `<!doctype html><title>Page ${path}</title><main><article><h1>Page ${path}</h1>${`<p>The page at ${path} says what it says, in a sentence of some length, and then it says more of it.</p>`.repeat(20)}</article></main>`;
