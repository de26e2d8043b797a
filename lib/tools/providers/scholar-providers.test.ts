import { afterEach, expect, test } from "vitest";
import { type ListedWork, type ScholarIndex, startFakeScholar } from "#e2e/support/servers/fake-scholar.ts";
import type { FakeService } from "#e2e/support/servers/fake-service.ts";
import type { Paper } from "#lib/domain/tool-details.ts";
import { type ScholarProviderName, scholarProvider } from "./scholar-provider.ts";

const key = "sk-of-the-test-0123456789";
const names: ScholarProviderName[] = ["serper", "semantic-scholar", "crossref", "arxiv", "openalex"];
const { signal } = new AbortController();

const open: FakeService[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
async function start(index: ScholarIndex, works: ListedWork[], more: unknown[] = []) {
  const server = await startFakeScholar(index, { key, works, more });
  open.push(server);
  return server;
}
const provider = (name: ScholarProviderName, url: string, apiKey = key) => {
  const found = scholarProvider(name, {
    keys: { serper: apiKey, "semantic-scholar": apiKey, openalex: apiKey },
    urls: { [name]: url },
    contactEmail: "somebody@example.org",
  });
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const work = (more: Partial<ListedWork> = {}): ListedWork => ({
  id: "10.5/eelgrass",
  title: "Eelgrass & its <i>decline</i>",
  authors: ["Ann Bell", "Carl Dahl", "Eva Falk", "Gus Holm"],
  venue: "Journal of Seas",
  year: 2024,
  citedBy: 17,
  abstract: "Meadows of eelgrass shrank by half.",
  hasPdf: true,
  ...more,
});

const described: Record<ScholarIndex, Partial<Paper>> = {
  serper: {
    url: "https://publisher.example/10.5/eelgrass",
    publication: "Ann Bell, Carl Dahl, Eva Falk, Gus Holm - Journal of Seas, 2024",
  },
  "semantic-scholar": { url: "https://www.semanticscholar.org/paper/10.5/eelgrass" },
  crossref: { url: "https://doi.org/10.5/eelgrass" },
  arxiv: { url: "https://arxiv.org/abs/10.5/eelgrass", pdfUrl: "https://arxiv.org/pdf/10.5/eelgrass" },
  openalex: { url: "https://doi.org/10.5/eelgrass" },
};

test.each(names)("%s: a work with all that is known of it", async (name) => {
  const server = await start(name, [work()]);
  const answer = await provider(name, server.url).ask("eelgrass", signal);
  const expected: Paper = {
    title: name === "arxiv" ? "Eelgrass & its <i>decline</i>" : "Eelgrass & its decline",
    url: "",
    pdfUrl: "https://papers.example/10.5/eelgrass.pdf",
    publication: "Ann Bell, Carl Dahl, Eva Falk… - Journal of Seas",
    year: "2024",
    ...(name !== "arxiv" && { citedBy: 17 }),
    snippet: "Meadows of eelgrass shrank by half.",
    ...described[name],
  };
  expect(answer).toEqual({ ok: true, value: [expected] });
  expect(server.calls).toHaveLength(1);
});

test.each(names)("%s: a work without a PDF has the page that describes it, and no more than ten are taken", async (name) => {
  const works = Array.from({ length: 12 }, (_, index) => work({ id: `10.5/${index}`, hasPdf: false, abstract: "" }));
  const server = await start(name, works);
  const answer = await provider(name, server.url).ask("eelgrass", signal);
  const papers = answer?.ok ? answer.value : [];
  expect(papers).toHaveLength(10);
  for (const paper of papers) expect(paper).toEqual(expect.not.objectContaining({ pdfUrl: expect.anything() }));
  expect(papers[0]?.url).toMatch(/^https:/);
});

const malformed = [
  null,
  3,
  {},
  { title: 5 },
  { title: "Without an address" },
  { title: ["x"], URL: "javascript:alert(1)" },
  { title: "", link: "https://x.example" },
];

test.each(names)("%s: what is malformed costs only itself", async (name) => {
  const broken =
    name === "arxiv"
      ? ["<entry></entry>", "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title></entry>", "<entry/>"]
      : malformed;
  const server = await start(name, [work()], broken);
  const answer = await provider(name, server.url).ask("eelgrass", signal);
  expect(answer?.ok && answer.value.map((paper) => paper.snippet)).toEqual(["Meadows of eelgrass shrank by half."]);
});

test.each(["serper", "semantic-scholar", "openalex"] as const)("%s: a wrong key is refused, and never told", async (name) => {
  const server = await start(name, [work()]);
  const answer = await provider(name, server.url, "sk-wrong-key-9876543210").ask("eelgrass", signal);
  expect(answer).toMatchObject({ ok: false, reason: "refused" });
  expect(JSON.stringify(answer)).not.toContain("wrong-key");
});

test("crossref and openalex are told whom to write to", async () => {
  for (const name of ["crossref", "openalex"] as const) {
    const server = await start(name, []);
    await provider(name, server.url).ask("eelgrass", signal);
    expect(server.calls[0]?.parameters.get("mailto")).toBe("somebody@example.org");
  }
});

test.each([
  ["semantic-scholar", 'bio-inspired "soft robots"', "query", "bio inspired  soft robots "],
  ["openalex", "robots, soft|hard", "search", "robots  soft hard"],
  ["arxiv", 'ti:"soft robots" AND (cat)', "search_query", "all:ti AND all:soft AND all:robots AND all:cat"],
] as const)("%s: the operators of its search are not sent", async (name, query, parameter, sent) => {
  const server = await start(name, []);
  await provider(name, server.url).ask(query, signal);
  expect(server.calls[0]?.parameters.get(parameter)).toBe(sent);
});

test("arxiv is not asked for nothing", async () => {
  const server = await start("arxiv", []);
  expect(await provider("arxiv", server.url).ask("?!", signal)).toEqual({ ok: true, value: [] });
  expect(server.calls).toHaveLength(0);
});
