import { expect, test } from "vitest";
import type { SearchAnswer, SearchProvider } from "./providers/search-provider.ts";
import { searchTool } from "./search.ts";

const hit = (name: string) => ({
  title: `Title ${name}`,
  url: `https://${name}.example/`,
  site: `${name}.example`,
  snippet: `About ${name}.`,
});
const provider = (name: string, answer: (query: string) => SearchAnswer): SearchProvider => ({
  name,
  search: async (query) => answer(query),
});
const found = (...names: string[]): SearchAnswer => ({ ok: true, hits: names.map(hit) });
const down: SearchAnswer = { ok: false, reason: "server-error", detail: "HTTP 502" };
const context = { signal: new AbortController().signal, keepSource: () => Promise.reject(new Error("a search keeps no source")) };
const run = (groups: SearchProvider[][], input: unknown) => {
  const tool = searchTool(groups);
  return tool.run(tool.schema.parse(input), context);
};

test("lays the results out as the model was trained on them", async () => {
  const { outcome } = await run([[provider("a", () => found("one", "two"))]], { query: ["x", "y"] });
  expect(outcome).toEqual({
    kind: "ok",
    text: ["x", "y"]
      .map(
        (query) =>
          `A Google search for '${query}' found 2 results:\n\n## Web Results\n1. [Title one](https://one.example/)\nSource: one.example\n\nAbout one.\n\n2. [Title two](https://two.example/)\nSource: two.example\n\nAbout two.`,
      )
      .join("\n=======\n"),
  });
});

test("asks the next provider when one fails or finds nothing, and tells every try", async () => {
  const {
    details,
    provider: used,
    attempts,
  } = await run([[provider("a", () => down), provider("b", () => found()), provider("c", () => found("one"))]], { query: "x" });
  expect(used).toBe("c");
  expect(attempts).toMatchObject([
    { provider: "a", ok: false, reason: "server-error", detail: "HTTP 502" },
    { provider: "b", ok: false, reason: "no-results" },
    { provider: "c", ok: true },
  ]);
  expect(details).toMatchObject({ kind: "search", queries: [{ query: "x", provider: "c", hits: [{ title: "Title one" }] }] });
});

test("asks groups side by side and takes turns among their hits, each address once", async () => {
  const { details } = await run([[provider("own", () => found("one", "two"))], [provider("web", () => found("two", "three"))]], {
    query: "x",
  });
  expect(details).toMatchObject({ queries: [{ provider: "own + web", hits: [hit("one"), hit("two"), hit("three")] }] });
});

test("one query that finds nothing does not fail the others; all of them do", async () => {
  const picky = provider("a", (query) => (query === "x" ? found("one") : found()));
  expect((await run([[picky]], { query: ["x", "y"] })).outcome).toMatchObject({
    kind: "ok",
    text: expect.stringContaining("No results found for 'y'"),
  });
  expect((await run([[picky]], { query: ["y"] })).outcome).toMatchObject({ kind: "failed", reason: "no-results" });
  expect((await run([[provider("a", () => down)]], { query: ["y"] })).outcome).toMatchObject({
    kind: "failed",
    reason: "server-error",
    text: expect.stringContaining("failed"),
  });
});

test.each([{}, { query: [] }, { query: [" "] }, { query: 7 }, { queries: ["x"] }])("refuses %j", (input) => {
  expect(searchTool([]).schema.safeParse(input).success).toBe(false);
});
