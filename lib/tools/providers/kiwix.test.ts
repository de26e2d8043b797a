import { afterEach, expect, test, vi } from "vitest";
import { type FakeBook, startFakeKiwix } from "#e2e/support/servers/fake-kiwix.ts";
import type { FakeService } from "#e2e/support/servers/fake-service.ts";
import { kiwix } from "./kiwix.ts";
import { kiwixPages } from "./kiwix-pages.ts";

vi.setConfig({ testTimeout: 30_000 });
const { signal } = new AbortController();

const open: FakeService[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
async function start(books: FakeBook[], more: { isNew?: boolean; root?: string } = {}) {
  const server = await startFakeKiwix({ books, ...more });
  open.push(server);
  return { server, url: `${server.url}${more.root ?? ""}` };
}

const wikipedia: FakeBook = {
  file: "wikipedia_en_all_maxi_2026-01",
  name: "wikipedia_en_all",
  language: "eng",
  articles: {
    Brooklyn_Bridge: { title: "Brooklyn Bridge", text: "A bridge in New York, begun in 1869 and opened in 1883." },
    "Bridge_(music)": { title: "Bridge (music)", text: "A part of a song." },
    "AC/DC": { title: "AC/DC", text: "A band, and no bridge." },
    Emily_Roebling: { title: "Emily Roebling", text: "She led the work on the bridge of Brooklyn." },
    Great_East_River_Bridge: { title: "Great East River Bridge", text: "→ Brooklyn_Bridge" },
    Ring: { title: "Ring", text: "→ Ring" },
  },
};
const manual: FakeBook = {
  file: "manual_2026",
  name: "manual_en",
  language: "eng",
  articles: { "sql-vacuum.html": { title: "VACUUM", text: "Collects garbage, like a bridge of brooms." } },
};
const french: FakeBook = {
  file: "wikipedia_fr_all_2026-01",
  name: "wikipedia_fr_all",
  language: "fra",
  articles: { Pont_de_Brooklyn: { title: "Pont de Brooklyn", text: "Un pont suspendu, brooklyn bridge en anglais." } },
};
const hitsOf = (answer: Awaited<ReturnType<ReturnType<typeof kiwix>["ask"]>>) => (answer?.ok ? answer.value : []);
const urlsOf = (answer: Awaited<ReturnType<ReturnType<typeof kiwix>["ask"]>>) => hitsOf(answer).map((hit) => hit.url);
const searches = (server: FakeService) =>
  server.calls.filter((call) => call.path.endsWith("/search")).map((call) => call.parameters.get("pattern"));

test.each([
  ["old addresses", {}],
  ["new addresses", { isNew: true }],
  ["below a path", { isNew: true, root: "/kiwix" }],
])("articles of Wikipedia are shown where Wikipedia has them, others on the server: %s", async (_, more) => {
  const { url } = await start([wikipedia, manual], more);
  const answer = await kiwix(url).ask("bridge", signal);
  expect(hitsOf(answer)[1]).toEqual({
    title: "Brooklyn Bridge",
    url: "https://en.wikipedia.org/wiki/Brooklyn_Bridge",
    site: "en.wikipedia.org",
    snippet: "...A bridge in New York, begun in 1869 and opened in 1883....",
  });
  expect(urlsOf(answer).slice(0, 5)).toEqual([
    `${url}/manual_2026/sql-vacuum.html`,
    "https://en.wikipedia.org/wiki/Brooklyn_Bridge",
    "https://en.wikipedia.org/wiki/Bridge_(music)",
    "https://en.wikipedia.org/wiki/AC/DC",
    "https://en.wikipedia.org/wiki/Emily_Roebling",
  ]);
});

test("asks with every word, then without grammar, then for any word, until there is enough", async () => {
  const { server, url } = await start([wikipedia]);
  const provider = kiwix(url);
  const urls = urlsOf(await provider.ask("Who led the work on the bridge of Brooklyn?", signal));
  expect(urls[0]).toBe("https://en.wikipedia.org/wiki/Emily_Roebling");
  expect(urls.length).toBeGreaterThan(3);
  expect(searches(server)).toEqual([
    "who led the work on the bridge of brooklyn",
    "led work bridge brooklyn",
    "led OR work OR bridge OR brooklyn",
  ]);
  server.calls.length = 0;
  await provider.ask("bridge", signal);
  expect(searches(server)).toEqual(["bridge"]);
});

test("an article that is called so comes first, and titles fill up what texts did not find", async () => {
  const { url } = await start([wikipedia]);
  expect(urlsOf(await kiwix(url).ask("Emily Roebling", signal))[0]).toBe("https://en.wikipedia.org/wiki/Emily_Roebling");
  const { url: unindexed } = await start([{ ...wikipedia, isIndexed: false }]);
  expect(urlsOf(await kiwix(unindexed).ask("the Brooklyn Bridge", signal))).toEqual(["https://en.wikipedia.org/wiki/Brooklyn_Bridge"]);
});

test("books of several languages are asked apart, and the same question gives the same hits", async () => {
  const { url } = await start([french, wikipedia, manual]);
  const provider = kiwix(url);
  const first = await provider.ask("brooklyn bridge", signal);
  expect(urlsOf(first)).toContain("https://fr.wikipedia.org/wiki/Pont_de_Brooklyn");
  expect(urlsOf(first)[0]).toBe("https://en.wikipedia.org/wiki/Brooklyn_Bridge");
  for (let index = 0; index < 5; index++) expect(await provider.ask("brooklyn bridge", signal)).toEqual(first);
});

test("the catalog is asked for once", async () => {
  const { server, url } = await start([wikipedia]);
  const provider = kiwix(url);
  await provider.ask("bridge", signal);
  await provider.ask("song", signal);
  expect(server.calls.filter((call) => call.path.startsWith("/catalog"))).toHaveLength(1);
});

test("nothing found is an empty list; a server without books says so", async () => {
  const { url } = await start([wikipedia]);
  expect(await kiwix(url).ask("zebra", signal)).toEqual({ ok: true, value: [] });
  expect(await kiwix(url).ask("?!", signal)).toEqual({ ok: true, value: [] });
  const { url: empty } = await start([]);
  expect(await kiwix(empty).ask("zebra", signal)).toMatchObject({
    ok: false,
    reason: "provider-failed",
    detail: expect.stringContaining("no book"),
  });
});

test.each([
  ["Wikipedia's address", "https://en.wikipedia.org/wiki/Brooklyn_Bridge#History"],
  ["its mobile address", "https://en.m.wikipedia.org/wiki/brooklyn%20Bridge"],
  ["a redirect inside the book", "https://en.wikipedia.org/wiki/Great_East_River_Bridge"],
  ["the server's own address", "/wikipedia_en_all_maxi_2026-01/Brooklyn_Bridge"],
  ["its new address", "/content/wikipedia_en_all_maxi_2026-01/Brooklyn_Bridge"],
  ["its bare address", "/raw/wikipedia_en_all_maxi_2026-01/content/Brooklyn_Bridge"],
])("an article is read without the server's bar: %s", async (_, address) => {
  for (const isNew of [false, true]) {
    const { url } = await start([wikipedia], { isNew });
    const requestedUrl = address.startsWith("/") ? `${url}${address}` : address;
    expect(kiwixPages(url).isFor?.(requestedUrl)).toBe(true);
    expect(await kiwixPages(url).ask(requestedUrl, signal)).toEqual({
      ok: true,
      value: {
        requestedUrl,
        url: "https://en.wikipedia.org/wiki/Brooklyn_Bridge",
        title: "Brooklyn Bridge",
        site: "en.wikipedia.org",
        text: expect.not.stringContaining("THE BAR"),
        status: 200,
        fetchedAt: expect.any(String),
      },
    });
  }
});

test("articles of other books keep the server's address, with signs in their paths", async () => {
  const { url } = await start([wikipedia, manual]);
  const pages = kiwixPages(url);
  expect(await pages.ask(`${url}/manual_2026/sql-vacuum.html`, signal)).toMatchObject({
    value: { url: `${url}/manual_2026/sql-vacuum.html`, title: "VACUUM" },
  });
  expect(await pages.ask("https://en.wikipedia.org/wiki/AC/DC", signal)).toMatchObject({ value: { title: "AC/DC" } });
});

test("old books keep their articles below A/", async () => {
  const { url } = await start([{ ...wikipedia, articles: { "A/Brooklyn_Bridge": { title: "Brooklyn Bridge", text: "A bridge." } } }]);
  expect(urlsOf(await kiwix(url).ask("bridge", signal))).toEqual(["https://en.wikipedia.org/wiki/Brooklyn_Bridge"]);
  expect(await kiwixPages(url).ask("https://en.wikipedia.org/wiki/Brooklyn_Bridge", signal)).toMatchObject({
    value: { url: "https://en.wikipedia.org/wiki/Brooklyn_Bridge", title: "Brooklyn Bridge" },
  });
});

test.each([
  "https://example.com/wiki/Brooklyn_Bridge",
  "https://de.wikipedia.org/wiki/Brooklyn_Bridge",
  "corpus://1",
  "https://en.wikipedia.org/",
  "nothing",
])("%s is somebody else's", async (address) => {
  const { url } = await start([wikipedia]);
  expect(await kiwixPages(url).ask(address, signal)).toBeNull();
  // Which Wikipedias it has is found out by asking it.
  expect(kiwixPages(url).isFor?.(address)).toBe(address.startsWith("https://de."));
});

test("what a book does not hold is not found, and circles end", async () => {
  const { server, url } = await start([wikipedia]);
  const pages = kiwixPages(url);
  expect(await pages.ask("https://en.wikipedia.org/wiki/Zebra", signal)).toMatchObject({ ok: false, reason: "not-found" });
  expect(await pages.ask(`${url}/wikipedia_en_all_maxi_2026-01/..%2F..%2Fcatalog`, signal)).toBeNull();
  expect(await pages.ask("https://en.wikipedia.org/wiki/..%2F..%2Fcatalog", signal)).toBeNull();
  server.calls.length = 0;
  expect(await pages.ask("https://en.wikipedia.org/wiki/Ring", signal)).toMatchObject({ ok: true });
  expect(server.calls.length).toBeLessThan(5);
});

test("no connection and a server of another kind are values, an abort is thrown", async () => {
  const { server, url } = await start([wikipedia]);
  server.be({ kind: "html" });
  expect(await kiwixPages(url).ask("https://en.wikipedia.org/wiki/Zebra", signal)).toMatchObject({ ok: false, reason: "provider-failed" });
  await server.close();
  expect(await kiwix(url).ask("zebra", signal)).toMatchObject({ ok: false, reason: "unreachable" });
  await expect(kiwixPages(url).ask("https://en.wikipedia.org/wiki/Zebra", AbortSignal.abort(new Error("stopped")))).rejects.toThrow(
    "stopped",
  );
});
