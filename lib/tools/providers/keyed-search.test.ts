import { afterEach, expect, test } from "vitest";
import { type KeyedSearch, startFakeKeyedSearch } from "#e2e/support/servers/fake-keyed-search.ts";
import type { FakeService } from "#e2e/support/servers/fake-service.ts";
import { brave } from "./brave.ts";
import { exa } from "./exa.ts";
import type { SearchProvider } from "./provider.ts";
import { serper } from "./serper.ts";
import type { KeyedService } from "./service-options.ts";
import { tavily } from "./tavily.ts";

const vendors: [KeyedSearch, (options: KeyedService) => SearchProvider][] = [
  ["serper", serper],
  ["tavily", tavily],
  ["brave", brave],
  ["exa", exa],
];
const key = "sk-of-the-test-0123456789";
const { signal } = new AbortController();

const open: FakeService[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
async function start(vendor: KeyedSearch, options: Partial<Parameters<typeof startFakeKeyedSearch>[1]> = {}) {
  const server = await startFakeKeyedSearch(vendor, { key, pages: [], ...options });
  open.push(server);
  return server;
}

test.each(vendors)("%s: title, address, text and day, in plain text", async (vendor, provider) => {
  const server = await start(vendor, {
    pages: [
      {
        url: "https://www.a.example/x?y=1",
        title: "A <b>title</b> &amp; more",
        text: "Some <strong>text</strong>\n here",
        date: "2026-03-01",
      },
    ],
  });
  expect(await provider({ apiKey: key, baseUrl: server.url }).ask("q", signal)).toEqual({
    ok: true,
    value: [
      { title: "A title & more", url: "https://www.a.example/x?y=1", site: "a.example", snippet: "Some text here", date: "2026-03-01" },
    ],
  });
  expect(server.calls).toHaveLength(1);
});

test.each(vendors)(
  "%s: what is missing is left out, what is malformed costs only itself, and no more than ten are taken",
  async (vendor, provider) => {
    const pages = Array.from({ length: 14 }, (_, index) => ({ url: `https://a.example/${index}`, title: null, text: null }));
    const more = [
      null,
      7,
      {},
      { url: 3, link: 3 },
      { url: "javascript:alert(1)", link: "javascript:alert(1)", title: "bad" },
      { url: "/x", link: "/x" },
    ];
    const server = await start(vendor, { pages, more });
    const answer = await provider({ apiKey: key, baseUrl: server.url }).ask("q", signal);
    const hits = answer?.ok ? answer.value : [];
    expect(hits.map((hit) => hit.url)).toEqual(pages.slice(0, 10).map((page) => page.url));
    expect(hits[0]).toMatchObject({ title: "a.example", site: "a.example", snippet: "" });
  },
);

test.each(vendors)("%s: nothing found is an empty list", async (vendor, provider) => {
  const server = await start(vendor);
  expect(await provider({ apiKey: key, baseUrl: server.url }).ask("q", signal)).toEqual({ ok: true, value: [] });
});

test.each(vendors)("%s: a wrong key is refused", async (vendor, provider) => {
  const server = await start(vendor);
  const answer = await provider({ apiKey: "sk-wrong-key-9876543210", baseUrl: server.url }).ask("q", signal);
  expect(answer).toMatchObject({ ok: false, reason: "refused" });
  expect(JSON.stringify(answer)).not.toContain("wrong-key");
});

test("serper asks from China in Chinese, and else in English", async () => {
  const server = await start("serper");
  const provider = serper({ apiKey: key, baseUrl: server.url });
  await provider.ask("新港的港口有多深？", signal);
  await provider.ask("How deep is it?", signal);
  expect(server.calls.map((call) => call.body)).toEqual([
    { q: "新港的港口有多深？", location: "China", gl: "cn", hl: "zh-cn" },
    { q: "How deep is it?", location: "United States", gl: "us", hl: "en" },
  ]);
});

test("serper: a list that is null is nothing found", async () => {
  const server = await start("serper", { pages: [] });
  server.be({ kind: "garbage" });
  expect(await serper({ apiKey: key, baseUrl: server.url }).ask("q", signal)).toMatchObject({ ok: false, reason: "provider-failed" });
});

test("brave is spared what it would refuse, a query of more than 400 characters or 50 words", async () => {
  const server = await start("brave");
  await brave({ apiKey: key, baseUrl: server.url }).ask(`${"word ".repeat(80)}${"x".repeat(600)}`, signal);
  const sent = server.calls[0]?.parameters.get("q") ?? "";
  expect(sent.length).toBeLessThanOrEqual(400);
  expect(sent.split(" ").length).toBeLessThanOrEqual(50);
});

test("tavily: a plan whose credits are used up is a refusal, not a service in trouble", async () => {
  const server = await start("tavily");
  server.be({ kind: "status", status: 432 });
  expect(await tavily({ apiKey: key, baseUrl: server.url }).ask("q", signal)).toMatchObject({ ok: false, reason: "refused" });
});

test("a passage of a page is cut to the length of a snippet", async () => {
  const server = await start("exa", { pages: [{ url: "https://a.example/", title: "A", text: "word ".repeat(5_000) }] });
  const answer = await exa({ apiKey: key, baseUrl: server.url }).ask("q", signal);
  expect(answer?.ok && answer.value[0]?.snippet.length).toBe(1_001);
});
