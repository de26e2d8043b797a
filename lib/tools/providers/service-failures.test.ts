import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FakeService, type Mood, startFakeService } from "#e2e/support/servers/fake-service.ts";
import { pageProvider } from "./page-provider.ts";
import type { Provider } from "./provider.ts";
import { scholarProvider } from "./scholar-provider.ts";
import { searchProvider } from "./search-provider.ts";

vi.setConfig({ testTimeout: 60_000 });

const key = "sk-SECRET-0123456789";
const keyed = ["serper", "tavily", "brave", "exa", "jina", "firecrawl", "semantic-scholar", "openalex"];
const { signal } = new AbortController();

let server: FakeService;
let reply: unknown = {};
let providers: [string, () => Provider<string, unknown>][];
beforeAll(async () => {
  server = await startFakeService(() => ({ json: reply }));
  const { url } = server;
  const options = {
    keys: Object.fromEntries(keyed.map((name) => [name, key])),
    urls: Object.fromEntries([...keyed, "crossref", "arxiv"].map((name) => [name, url])),
    ...{ searxngUrl: url, wikipediaUrl: url, kiwixUrl: url, contactEmail: "somebody@example.org", sql: null, ownHosts: [] },
    resolve: async () => [{ address: "93.184.216.34", family: 4 }],
  };
  const must = (provider: Provider<string, unknown> | null) => {
    if (!provider) throw new Error("a provider is missing");
    return provider;
  };
  providers = [
    ...(["serper", "tavily", "brave", "exa", "searxng", "kiwix", "wikipedia"] as const).map(
      (name) => [`search ${name}`, () => must(searchProvider(name, options))] as [string, () => Provider<string, unknown>],
    ),
    ...(["serper", "semantic-scholar", "crossref", "arxiv", "openalex"] as const).map(
      (name) => [`scholar ${name}`, () => must(scholarProvider(name, options))] as [string, () => Provider<string, unknown>],
    ),
    ...(["jina", "firecrawl", "kiwix"] as const).map(
      (name) => [`page ${name}`, () => must(pageProvider(name, options))] as [string, () => Provider<string, unknown>],
    ),
  ];
});
afterAll(() => server.close());

const request = "https://en.wikipedia.org/wiki/Eelgrass"; // a query like any other, and an address that every reader takes

test.each<[Mood, string, object]>([
  [{ kind: "status", status: 401 }, "refused", {}],
  [{ kind: "status", status: 403 }, "refused", {}],
  [{ kind: "status", status: 429, retryAfter: "3" }, "rate-limited", { retryAfterMs: 3_000 }],
  [{ kind: "status", status: 500 }, "server-error", {}],
  [{ kind: "status", status: 503, retryAfter: "2" }, "server-error", { retryAfterMs: 2_000 }],
  [{ kind: "html" }, "provider-failed", {}],
  [{ kind: "garbage" }, "provider-failed", {}],
  [{ kind: "endless" }, "too-large", {}],
])("%j is the same reason for all of them, asked once", async (mood, reason, more) => {
  server.be(mood);
  for (const [name, provider] of providers) {
    server.calls.length = 0;
    expect([name, await provider().ask(request, signal)]).toEqual([name, expect.objectContaining({ ok: false, reason, ...more })]);
    expect([name, server.calls.length]).toEqual([name, 1]);
  }
});

test("an abort is thrown, at once", async () => {
  server.be({ kind: "hang" });
  for (const [name, provider] of providers) {
    const stop = new AbortController();
    server.calls.length = 0;
    const asking = provider().ask(request, stop.signal);
    await vi.waitFor(() => expect(server.calls).not.toHaveLength(0), { interval: 1 });
    stop.abort(new Error(`stopped ${name}`));
    await expect(asking).rejects.toThrow(`stopped ${name}`);
  }
});

test("whatever a service answers, nobody throws, no key is told, and no address but one of the web is taken", async () => {
  server.be("well");
  const text = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom("https://a.example/x", "javascript:alert(1)", ""));
  const names = [
    "organic",
    "results",
    "web",
    "data",
    "message",
    "items",
    "query",
    "search",
    "title",
    "url",
    "link",
    "URL",
    "snippet",
    "markdown",
    "metadata",
  ];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      text,
      fc.constantFrom(null, 0, -1, 2024, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 5 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, async (answered) => {
      reply = answered;
      for (const [, provider] of providers) {
        const answer = await provider().ask(request, signal);
        const told = JSON.stringify(answer);
        expect(told).not.toContain("SECRET");
        expect(told).not.toMatch(/"(url|pdfUrl)":"(?!https?:)/);
      }
    }),
    { numRuns: 60 },
  );
});
