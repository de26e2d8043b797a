import { expect, test, vi } from "vitest";
import { serve } from "#lib/tools/fetch/local-server.fixture.ts";
import { directPages } from "./direct-pages.ts";

// A loaded machine takes its time to start a process; no test waits for this long.
vi.setConfig({ testTimeout: 30_000 });

const never = new AbortController().signal;
const html = { "content-type": "text/html" };

test("a page is fetched, followed and read", async () => {
  const site = await serve((request, response) => {
    if (request.url === "/old") return response.writeHead(301, { location: "/new" }).end();
    response.writeHead(200, html).end("<title>New</title><p>Hello</p>");
  });
  const answer = await directPages({ allowHosts: [site.host] }).ask(`${site.origin}/old`, never);
  expect(answer).toMatchObject({
    ok: true,
    value: { requestedUrl: `${site.origin}/old`, url: `${site.origin}/new`, title: "New", site: "127.0.0.1", text: "Hello", status: 200 },
  });
});

test("a page without a title is called by its address", async () => {
  const site = await serve((_, response) => response.writeHead(200, html).end("<p>Hello</p>"));
  expect(await directPages({ allowHosts: [site.host] }).ask(site.origin, never)).toMatchObject({
    ok: true,
    value: { title: `${site.origin}/` },
  });
});

test("failures of the fetch and of the reading are values", async () => {
  const site = await serve((request, response) => {
    if (request.url === "/gone") return response.writeHead(410).end();
    response.writeHead(200, html).end("<title>Just a moment...</title><p>Checking your browser</p>");
  });
  const pages = directPages({ allowHosts: [site.host] });
  expect(await pages.ask(`${site.origin}/gone`, never)).toEqual({ ok: false, reason: "not-found", detail: "HTTP 410" });
  expect(await pages.ask(site.origin, never)).toMatchObject({ ok: false, reason: "refused" });
  expect(await pages.ask("http://169.254.169.254/", never)).toMatchObject({ ok: false, reason: "blocked-address" });
});

test("an abort is thrown, as the contract says", async () => {
  const stop = new AbortController();
  const site = await serve(() => stop.abort());
  await expect(directPages({ allowHosts: [site.host] }).ask(site.origin, stop.signal)).rejects.toThrow();
});

test("of all sites together 40 pages are read at a time, and all of them in the end", async () => {
  const full = Promise.withResolvers<void>();
  const seen = { now: 0, most: 0 };
  const site = await serve(async (_, response) => {
    seen.most = Math.max(seen.most, ++seen.now);
    if (seen.now === 40) full.resolve();
    await full.promise;
    seen.now--;
    response.writeHead(200, { "content-type": "text/plain" }).end("Hello");
  });
  const pages = directPages({ allowHosts: [site.host] });
  const answers = await Promise.all(Array.from({ length: 60 }, (_, page) => pages.ask(`${site.origin}/${page}`, never)));
  expect(answers.every((answer) => answer?.ok)).toBe(true);
  expect(seen.most).toBe(40);
});

test("pages that are larger than what may be held together are all read", async () => {
  const site = await serve((_, response) => response.writeHead(200, { "content-type": "text/plain" }).end("A word. ".repeat(1_000_000)));
  const pages = directPages({ allowHosts: [site.host] });
  const answers = await Promise.all(Array.from({ length: 25 }, (_, page) => pages.ask(`${site.origin}/${page}`, never)));
  expect(answers.filter((answer) => !answer?.ok)).toEqual([]);
});
