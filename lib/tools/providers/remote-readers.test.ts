import { afterEach, expect, test } from "vitest";
import { type RemotePageContent, startFakeReader } from "#e2e/support/servers/fake-reader.ts";
import type { FakeService } from "#e2e/support/servers/fake-service.ts";
import { pageProvider } from "./page-provider.ts";

const key = "sk-of-the-test-0123456789";
const vendors = ["jina", "firecrawl"] as const;
const { signal } = new AbortController();
const address = "https://news.example/story?id=7";

const open: FakeService[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
async function start(vendor: (typeof vendors)[number], page?: RemotePageContent, apiKey = key) {
  const server = await startFakeReader(vendor, { key, pages: page ? { [address]: page } : {} });
  open.push(server);
  const provider = pageProvider(vendor, {
    keys: { [vendor]: apiKey },
    urls: { [vendor]: server.url },
    ownHosts: ["wiki.example.com", ".corp.example"],
    resolve: async (host) => [{ address: host === "rebound.example" ? "192.168.1.1" : "93.184.216.34", family: 4 }],
  });
  if (!provider) throw new Error("no provider");
  return { server, provider };
}

test.each(vendors)("%s: a page with its own address after redirects", async (vendor) => {
  const { provider, server } = await start(vendor, {
    title: " A\nstory ",
    markdown: "# A story\n\nIt happened.\u0000",
    finalUrl: "https://news.example/story/7",
  });
  expect(await provider.ask(address, signal)).toEqual({
    ok: true,
    value: {
      requestedUrl: address,
      url: "https://news.example/story/7",
      title: "A story",
      site: "news.example",
      text: "# A story\n\nIt happened.",
      status: 200,
      fetchedAt: expect.stringMatching(/^\d{4}-/),
    },
  });
  expect(server.calls).toHaveLength(1);
});

test.each(vendors)("%s is never told an address of the house", async (vendor) => {
  const { provider, server } = await start(vendor);
  const own = [
    "http://127.0.0.1/",
    "http://192.168.1.1/admin",
    "http://[::1]/",
    "http://2130706433/",
    "https://intranet/",
    "https://wiki.local/",
    "https://host:9200/",
    "https://user:password@news.example/",
    "file:///etc/passwd",
    "corpus://1",
    "https://wiki.example.com/secret",
    "https://a.corp.example/",
    "https://rebound.example/",
    "not an address",
  ];
  for (const each of own) expect(await provider.ask(each, signal)).toBeNull();
  expect(server.calls).toEqual([]);
  // What a name leads to takes a moment to find out; the rest is seen at once.
  expect(own.filter((each) => provider.isFor?.(each))).toEqual(["https://rebound.example/"]);
  expect(provider.isFor?.(address)).toBe(true);
});

test.each(vendors)("%s: an abort does not wait for a resolver that hangs", async (vendor) => {
  const stop = new AbortController();
  const resolve = () => new Promise<never>(() => stop.abort(new Error("stopped")));
  const provider = pageProvider(vendor, { keys: { [vendor]: key }, urls: {}, ownHosts: [], resolve });
  await expect(provider?.ask(address, stop.signal)).rejects.toThrow("stopped");
});

test.each(vendors)("%s: empty pages, challenges and error pages are failures", async (vendor) => {
  const expected: [Partial<RemotePageContent>, string][] = [
    [{ markdown: "" }, "unreadable-page"],
    [{ markdown: " \n***\n" }, "unreadable-page"],
    [{ title: "Just a moment...", markdown: "Checking your browser" }, "refused"],
    [{ status: 404, markdown: "Not found, sorry" }, "not-found"],
    [{ status: 403, markdown: "Forbidden" }, "refused"],
    [{ status: 429, markdown: "Slow down" }, "refused"],
    [{ status: 503, markdown: "Busy" }, "unreadable-page"],
  ];
  for (const [page, reason] of expected) {
    const { provider } = await start(vendor, { title: "T", markdown: "Text.", ...page });
    expect(await provider.ask(address, signal)).toMatchObject({ ok: false, reason });
  }
});

test("jina: what it cannot open is about the page, not about the service", async () => {
  const { provider } = await start("jina");
  expect(await provider.ask(address, signal)).toMatchObject({ ok: false, reason: "unreadable-page" });
});

test.each(vendors)("%s: a wrong key is refused, and never told", async (vendor) => {
  const { provider } = await start(vendor, { title: "T", markdown: "Text." }, "sk-wrong-key-9876543210");
  const answer = await provider.ask(address, signal);
  expect(answer).toMatchObject({ ok: false, reason: "refused" });
  expect(JSON.stringify(answer)).not.toContain("wrong-key");
});
