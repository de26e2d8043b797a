import { afterEach, expect, test } from "vitest";
import { startFakeSearch } from "#e2e/support/servers/fake-search.ts";
import { type LoopbackServer, listen } from "#e2e/support/servers/listen.ts";
import { searxng } from "./searxng.ts";
import { wikipedia, wikipediaLanguage } from "./wikipedia.ts";

const open: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const keep = <T extends LoopbackServer>(server: T): T => {
  open.push(server);
  return server;
};
const { signal } = new AbortController();

test("searxng: takes title, address and text, without markup and without addresses that are none", async () => {
  const server = keep(
    await startFakeSearch(() => [
      { url: "https://a.example/x", title: "A <b>title</b>", content: "Tom &amp; Jerry" },
      { url: "javascript:alert(1)", title: "bad", content: "" },
      { url: "https://www.b.example/untitled", title: "", content: "long ".repeat(400) },
    ]),
  );
  expect(await searxng(server.url).ask("q", signal)).toEqual({
    ok: true,
    value: [
      { title: "A title", url: "https://a.example/x", site: "a.example", snippet: "Tom & Jerry" },
      { title: "b.example", url: "https://www.b.example/untitled", site: "b.example", snippet: `${"long ".repeat(200)}…` },
    ],
  });
  expect(server.queries).toEqual(["q"]);
});

test("searxng: says what to change when json is not allowed", async () => {
  const server = keep(await listen((_, response) => void response.writeHead(403).end()));
  expect(await searxng(server.url).ask("q", signal)).toMatchObject({
    ok: false,
    reason: "refused",
    detail: expect.stringContaining("json"),
  });
});

test("searxng: asks once, and says what may pass as what it is", async () => {
  let asked = 0;
  const server = keep(
    await listen((_, response) => {
      asked++;
      response.writeHead(502).end();
    }),
  );
  expect(await searxng(server.url).ask("q", signal)).toEqual({ ok: false, reason: "server-error", detail: "HTTP 502", status: 502 });
  expect(asked).toBe(1);
});

test.each([
  ["HTML", "<!doctype html>", "provider-failed"],
  ["another JSON", '{"hits": 3}', "provider-failed"],
])("searxng: %s instead of results is a reason", async (_, body, reason) => {
  const server = keep(await listen((_request, response) => void response.writeHead(200).end(body)));
  expect(await searxng(server.url).ask("q", signal)).toMatchObject({ ok: false, reason });
});

test("nobody there is unreachable", async () => {
  const server = await listen(() => {});
  await server.close();
  expect(await searxng(server.url).ask("q", signal)).toMatchObject({ ok: false, reason: "unreachable" });
});

test("wikipedia: asks its search with a User-Agent and makes addresses of titles", async () => {
  let agent = "";
  const server = keep(
    await listen((request, response) => {
      agent = String(request.headers["user-agent"]);
      const query = new URL(request.url ?? "", "http://w").searchParams;
      expect(Object.fromEntries(query)).toMatchObject({ action: "query", list: "search", srsearch: "eelgrass", format: "json" });
      response.end(
        JSON.stringify({
          query: { search: [{ title: "Zostera: marina/AC? (a; b)", snippet: '<span class="searchmatch">Eelgrass</span> &amp; more' }] },
        }),
      );
    }),
  );
  expect(await wikipedia({ baseUrl: server.url }).ask("eelgrass", signal)).toEqual({
    ok: true,
    value: [
      {
        title: "Zostera: marina/AC? (a; b)",
        url: `${server.url}/wiki/Zostera:_marina/AC%3F_(a;_b)`,
        site: "127.0.0.1",
        snippet: "Eelgrass & more",
      },
    ],
  });
  expect(agent).toContain("Dossier");
});

test.each([
  ["Who built it?", "en"],
  ["新港的港口有多深？", "zh"],
  ["東京タワーの高さは？", "ja"],
  ["Кто построил мост?", "ru"],
  ["من بنى الجسر؟", "ar"],
])("wikipedia: %s is asked in %s", (query, language) => {
  expect(wikipediaLanguage(query)).toBe(language);
});
