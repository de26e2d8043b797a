import { expect, test } from "vitest";
import type { Extract } from "./extract.ts";
import type { PageProvider } from "./providers/page-provider.ts";
import type { PageRead } from "./tool.ts";
import { visitTool } from "./visit.ts";

const pageOf = (url: string): PageRead => ({
  requestedUrl: url,
  url,
  title: `Page ${url}`,
  site: "a.example",
  text: `Text of ${url}.`,
  status: 200,
  fetchedAt: "2026-11-24T10:00:00Z",
});
const pages: PageProvider = {
  name: "direct",
  async read(url) {
    if (url.endsWith("/gone")) return { ok: false, reason: "not-found", detail: "HTTP 404" };
    return { ok: true, page: pageOf(url) };
  },
};
const extract: Extract = async (page, goal) => ({
  ok: true,
  extraction: { rational: "r", evidence: `Evidence for ${goal}: ${page.text}`, summary: "In short." },
});
const broken: Extract = async () => ({ ok: false, detail: "the summary model gave an empty answer" });

function run(input: unknown, options: { extract?: Extract; pages?: PageProvider[] } = {}) {
  const kept: PageRead[] = [];
  const tool = visitTool({ pages: options.pages ?? [pages], extract: options.extract ?? extract, fallback: extract });
  const keepSource = async (page: PageRead) => {
    kept.push(page);
    return {
      id: `s${kept.length}`,
      n: kept.length,
      url: page.url,
      title: page.title,
      site: page.site,
      hash: "h",
      status: page.status,
      fetchedAt: page.fetchedAt,
    };
  };
  return tool.run(tool.schema.parse(input), { signal: new AbortController().signal, keepSource });
}

test("lays a page out as the model was trained on it, and keeps it as a source", async () => {
  const { outcome, sources, details } = await run({ url: "https://a.example/1", goal: "depth" });
  expect(outcome).toEqual({
    kind: "ok",
    text: "The useful information in https://a.example/1 for user goal depth as follows:\n\nEvidence in page:\nEvidence for depth: Text of https://a.example/1.\n\nSummary:\nIn short.",
  });
  expect(sources).toMatchObject([{ id: "s1", n: 1 }]);
  expect(details).toMatchObject({ kind: "visit", pages: [{ sourceId: "s1", rational: "r" }] });
});

test("numbers the sources in the order asked, whichever page answers first", async () => {
  const slowFirst: PageProvider = {
    name: "direct",
    read: async (url) => {
      if (url.endsWith("/1")) await second.promise;
      else second.resolve();
      return { ok: true, page: pageOf(url) };
    },
  };
  const second = Promise.withResolvers<void>();
  const { sources } = await run({ url: ["https://a.example/1", "https://a.example/2"], goal: "g" }, { pages: [slowFirst] });
  expect(sources.map(({ n, url }) => [n, url])).toEqual([
    [1, "https://a.example/1"],
    [2, "https://a.example/2"],
  ]);
});

test("a page that fails says why, and does not fail the others; nothing is cited from it", async () => {
  const { outcome, sources } = await run({ url: ["https://a.example/gone", "a.example/1"], goal: "g" });
  expect(outcome.kind).toBe("ok");
  expect(outcome.text).toContain("could not be read: there is no such page (HTTP 404)");
  expect(sources.map((source) => source.url)).toEqual(["https://a.example/1"]);
  expect((await run({ url: ["https://a.example/gone"], goal: "g" })).outcome).toMatchObject({ kind: "failed", reason: "not-found" });
});

test("when the summary model fails, sentences are quoted instead, and the trace says so", async () => {
  const { outcome, details } = await run({ url: "https://a.example/1", goal: "g" }, { extract: broken });
  expect(outcome).toMatchObject({ kind: "ok", text: expect.stringContaining("Evidence for g") });
  expect(details).toMatchObject({ pages: [{ detail: "Sentences were quoted instead: the summary model gave an empty answer" }] });
});

test.each([{}, { url: [] }, { url: "", goal: "g" }])("refuses %j", (input) => {
  expect(visitTool({ pages: [], extract, fallback: extract }).schema.safeParse(input).success).toBe(false);
});
