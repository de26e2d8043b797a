import postgres, { type Sql } from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { registerWorker } from "#db/queries/workers.ts";
import type { CheckedPart } from "#lib/domain/check-up.ts";
import { type Env, parseEnv } from "#lib/env.ts";
import { startServer, tongyiName } from "#lib/model/doctor/model-server.fixture.ts";
import { type KeyedSearch, startFakeKeyedSearch } from "../../e2e/support/servers/fake-keyed-search.ts";
import { startFakeKiwix } from "../../e2e/support/servers/fake-kiwix.ts";
import { startFakeReader } from "../../e2e/support/servers/fake-reader.ts";
import { type ScholarIndex, startFakeScholar } from "../../e2e/support/servers/fake-scholar.ts";
import { startFakeSearch } from "../../e2e/support/servers/fake-search.ts";
import { type LoopbackServer, listen } from "../../e2e/support/servers/listen.ts";
import { testDatabase } from "../../e2e/support/test-database.ts";
import type { TriedTool } from "./check-up/tell-tools.ts";
import { checkUp, plannedParts } from "./check-up.ts";
import { recentCheckUp } from "./recent-check-up.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let sql: Sql;
beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

function settings(variables: Record<string, string>): Env {
  const parsed = parseEnv(variables);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.env;
}

const open: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
async function started<Server extends LoopbackServer>(starting: Promise<Server>): Promise<Server> {
  const each = await starting;
  open.push(each);
  return each;
}

const never = new AbortController().signal;
/** Asks nothing outside this machine. */
const alone = { SEARCH_PROVIDERS: "corpus", CORPUS_DIR: "/tmp" };
const named = (parts: CheckedPart[], name: string) => parts.find((part) => part.name === name);
/** What runs on a worker's machine is told by the worker. */
const isNoTool = (row: string) => !/^(python|files) /.test(row);
const rows = (parts: Pick<CheckedPart, "group" | "name">[]) => parts.map(({ group, name }) => `${group} ${name}`);

test("without a worker the application has something to mend; with one it tells the places", async () => {
  const env = settings({ ...alone, MODEL_DIALECT: "quoting", WORKER_CONCURRENCY: "3" });
  const before = await checkUp(env, sql, never);
  expect(named(before.parts, "PostgreSQL")).toMatchObject({
    state: "works",
    facts: [expect.stringMatching(/^version 18/), expect.any(String), expect.any(String)],
  });
  expect(named(before.parts, "Worker")).toMatchObject({ state: "mend", says: "None is alive: runs wait until one is." });
  expect(named((await checkUp(env, sql, never, { running: false })).parts, "Worker")).toMatchObject({ state: "off" });
  const lock = postgres(database.url, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
  await registerWorker(lock, "worker-of-the-test");
  const after = await checkUp(env, sql, never);
  await lock.end({ timeout: 1 });
  expect(named(after.parts, "Worker")).toMatchObject({ state: "works", says: "1 alive, 0 of 3 places taken." });
});

test("the rows a page shows first are the rows that come", async () => {
  const server = await startServer({});
  const wikipedia = await started(listen((_, response) => void response.end('{"query": {"search": []}}')));
  const env = settings({
    MODEL_BASE_URL: `${server.url},${server.url}/v1`,
    MODEL_NAME: tongyiName,
    SUMMARY_MODEL_NAME: "other",
    SEARCH_PROVIDERS: "wikipedia",
    WIKIPEDIA_URL: wikipedia.url,
    SCHOLAR_PROVIDERS: "none",
  });
  const { parts } = await checkUp(env, sql, never);
  await server.close();
  expect(rows(plannedParts(env)).filter(isNoTool)).toEqual(rows(parts));
  expect(parts.map(({ group, state }) => `${group} ${state}`)).toEqual([
    "model works",
    "summary-model mend",
    "search works",
    "search off",
    "scholar off",
    "reading works",
    "reading off",
    "storage works",
    "storage mend",
  ]);
});

test("without a model its row is off, and says how to connect one", async () => {
  const env = settings(alone);
  const { parts } = await checkUp(env, null, never);
  expect(rows(plannedParts(env)).filter(isNoTool).slice(0, -1)).toEqual(rows(parts));
  expect(parts[0]).toMatchObject({
    group: "model",
    state: "off",
    mend: [{ lines: expect.stringMatching(/^MODEL_BASE_URL=.*\nMODEL_NAME=/) }],
  });
  expect(parts.at(-1)).toMatchObject({ name: "PostgreSQL", state: "off" });
});

const key = "sk-SECRET-0123456789";
const told = (parts: CheckedPart[], group: CheckedPart["group"]) =>
  parts.filter((part) => part.group === group).map(({ name, state }) => `${name.replace(/ at 127.*/, "")}: ${state}`);

test("every service is really asked, once, all at once", async () => {
  const pages = [{ url: "https://a.example/", title: "A", text: "a" }];
  const work = { id: "1", title: "T", authors: [], venue: "", year: 2024, citedBy: 0, abstract: "", hasPdf: false };
  const searches = await Promise.all(
    (["serper", "tavily", "brave", "exa"] as KeyedSearch[]).map((name) => started(startFakeKeyedSearch(name, { key, pages }))),
  );
  const indexes = await Promise.all(
    (["semantic-scholar", "crossref", "arxiv", "openalex"] as ScholarIndex[]).map((name) =>
      started(startFakeScholar(name, { key, works: [work] })),
    ),
  );
  const page = { "https://example.com/": { title: "Example", markdown: "Text." } };
  const readers = await Promise.all((["jina", "firecrawl"] as const).map((name) => started(startFakeReader(name, { key, pages: page }))));
  const searx = await started(startFakeSearch(() => [{ url: "https://b.example/", title: "B", content: "b" }]));
  const books = [{ file: "pg", name: "pg", language: "eng", articles: { a: { title: "Test", text: "A test." } } }];
  const kiwix = await started(startFakeKiwix({ books }));
  const names = ["serper", "tavily", "brave", "exa", "semantic-scholar", "crossref", "arxiv", "openalex", "jina", "firecrawl"];
  const env = settings({
    ...Object.fromEntries(names.map((name) => [`${name.toUpperCase().replace("-", "_")}_API_KEY`, key])), // some of them are no settings
    SEARCH_PROVIDERS: "serper,tavily,brave,exa,searxng,kiwix",
    SCHOLAR_PROVIDERS: "semantic-scholar,crossref,arxiv,openalex",
    SEARXNG_URL: searx.url,
    KIWIX_URL: kiwix.url,
    PROVIDER_URLS: names.map((name, index) => `${name}=${[...searches, ...indexes, ...readers][index]?.url}`).join(","),
  });
  const { parts } = await checkUp(env, sql, never);
  const works = (...titles: string[]) => titles.map((title) => `${title}: works`);
  expect(told(parts, "search")).toEqual([
    ...works("Serper", "Tavily", "Brave", "Exa", "SearXNG", "Kiwix"),
    "Not asked: Wikipedia, Your documents: off",
  ]);
  expect(told(parts, "scholar")).toEqual([...works("Semantic Scholar", "Crossref", "arXiv", "OpenAlex"), "Not asked: Serper: off"]);
  expect(told(parts, "reading")).toEqual(works("Kiwix", "Direct fetch", "Jina", "Firecrawl"));
  expect(named(parts, "Serper")).toMatchObject({ says: "It answers.", facts: ["1 hit for “test”", "each check counts as one query"] });
  for (const service of [...searches, ...indexes, ...readers]) expect(service.calls).toHaveLength(1);
  expect(JSON.stringify(parts)).not.toContain("SECRET");
});

test.each([
  [{ kind: "status", status: 403 }, "mend", ["SERPER_API_KEY=…"]],
  [{ kind: "status", status: 429 }, "limited", []],
  [{ kind: "status", status: 500 }, "mend", []],
  [{ kind: "html" }, "mend", []],
] as const)("a service that answers with %j", async (mood, state, lines) => {
  const server = await started(startFakeKeyedSearch("serper", { key, pages: [] }));
  server.be(mood);
  const env = settings({
    SEARCH_PROVIDERS: "serper",
    SCHOLAR_PROVIDERS: "none",
    SERPER_API_KEY: key,
    PROVIDER_URLS: `serper=${server.url}`,
  });
  const { parts } = await checkUp(env, null, never);
  expect(named(parts, "Serper")).toMatchObject({ state });
  expect(named(parts, "Serper")?.mend.map((mending) => mending.lines)).toEqual(lines);
});

test("a server of the operator's that is not there says which setting names it; one without JSON what to change", async () => {
  const gone = await listen(() => {});
  await gone.close();
  const searx = await started(listen((_, response) => void response.writeHead(403).end()));
  const env = settings({ SEARCH_PROVIDERS: "kiwix,searxng", SCHOLAR_PROVIDERS: "none", KIWIX_URL: gone.url, SEARXNG_URL: searx.url });
  const { parts } = await checkUp(env, null, never);
  const search = parts.filter(({ group, state }) => group === "search" && state === "mend");
  expect(search.flatMap((part) => part.mend.map(({ lines }) => lines))).toEqual([
    "KIWIX_URL=http://host:port",
    "search:\n  formats: [html, json]",
  ]);
});

test.each([
  [
    {},
    "SERPER_API_KEY=…\nTAVILY_API_KEY=…\nBRAVE_API_KEY=…\nEXA_API_KEY=…\nSEARXNG_URL=http://127.0.0.1:8080\nKIWIX_URL=http://127.0.0.1:8090\nCORPUS_DIR=/path/to/documents",
  ],
  [
    { SEARCH_PROVIDERS: "wikipedia", CORPUS_DIR: "/tmp", SERPER_API_KEY: key },
    "TAVILY_API_KEY=…\nBRAVE_API_KEY=…\nEXA_API_KEY=…\nSEARXNG_URL=http://127.0.0.1:8080\nKIWIX_URL=http://127.0.0.1:8090\nSEARCH_PROVIDERS=wikipedia,serper",
  ],
])("what could be searched too is one row with the lines that add it: %j", (variables, lines) => {
  const rest = plannedParts(settings(variables)).find(({ group, name }) => group === "search" && name.startsWith("Not asked: "));
  expect(rest).toMatchObject({ state: "off", mend: [{ lines }] });
});

test("with what is in the house alone, tools say that they are left out, and nobody is asked", async () => {
  const { parts } = await checkUp(settings(alone), null, never);
  expect(parts.filter(({ group }) => group === "search" || group === "scholar" || group === "reading")).toMatchObject([
    { name: "Your documents", state: "works" },
    { name: expect.stringMatching(/^Not asked/), state: "off" },
    { name: "google_scholar", state: "off", says: "The tool is left out of the prompt: only what is in the house is searched." },
    { name: "Your documents", state: "works", says: expect.stringContaining("nothing is fetched") },
  ]);
});

test("tools that run here are tried, in rows of their own", async () => {
  const tools: TriedTool[] = [
    { group: "python", name: "Sandbox", tell: async () => ({ state: "works", says: "It ran a script.", facts: ["80 ms"] }) },
  ];
  const { parts } = await checkUp(settings(alone), null, never, { tools });
  expect(named(parts, "Sandbox")).toMatchObject({ group: "python", state: "works", facts: ["80 ms"], mend: [] });
  expect(rows(plannedParts(settings(alone)))).toEqual(expect.arrayContaining(rows(parts)));
});

test("a check under way is shared, a finished one is given again, a fresh one is made", async () => {
  const server = await startServer({});
  const env = settings({ ...alone, MODEL_BASE_URL: server.url, MODEL_NAME: tongyiName });
  const ask = (fresh: boolean) => recentCheckUp(env, sql, { fresh });
  const [first, second, third] = await Promise.all([ask(false), ask(true), ask(false)]);
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(await ask(false)).toBe(first);
  expect(server.asked).toHaveLength(1);
  expect(await ask(true)).not.toBe(first);
  expect(server.asked).toHaveLength(2);
  await server.close();
});
