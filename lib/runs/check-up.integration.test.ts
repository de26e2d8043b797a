import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerWorker } from "#db/queries/workers.ts";
import type { CheckedPart } from "#lib/domain/check-up.ts";
import { type Env, parseEnv } from "#lib/env.ts";
import { startServer, tongyiName } from "#lib/model/doctor/model-server.fixture.ts";
import { testDatabase } from "../../e2e/support/test-database.ts";
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

const never = new AbortController().signal;
const named = (parts: CheckedPart[], name: string) => parts.find((part) => part.name === name);
const rows = (parts: Pick<CheckedPart, "group" | "name">[]) => parts.map(({ group, name }) => `${group} ${name}`);

test("without a worker the application has something to mend; with one it tells the places", async () => {
  const env = settings({ MODEL_DIALECT: "quoting", WORKER_CONCURRENCY: "3" });
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
  const env = settings({
    MODEL_BASE_URL: `${server.url},${server.url}/v1`,
    MODEL_NAME: tongyiName,
    SUMMARY_MODEL_NAME: "other",
    SEARXNG_URL: "http://searx:8080",
  });
  const { parts } = await checkUp(env, sql, never);
  await server.close();
  expect(rows(plannedParts(env))).toEqual(rows(parts));
  expect(parts.map((part) => part.state)).toEqual(["works", "mend", "works", "works", "off", "works", "mend"]);
});

test("without a model its row is off, and says how to connect one", async () => {
  const env = settings({});
  const { parts } = await checkUp(env, null, never);
  expect(rows(plannedParts(env)).slice(0, -1)).toEqual(rows(parts));
  expect(parts[0]).toMatchObject({
    group: "model",
    state: "off",
    mend: [{ lines: expect.stringMatching(/^MODEL_BASE_URL=.*\nMODEL_NAME=/) }],
  });
  expect(parts.at(-1)).toMatchObject({ name: "PostgreSQL", state: "off" });
});

test.each([
  [{}, ["Wikipedia works", "SearXNG off", "Your documents off"], ["SEARXNG_URL=http://127.0.0.1:8080", "CORPUS_DIR=/path/to/documents"]],
  [
    { SEARCH_PROVIDERS: "corpus", CORPUS_DIR: "/tmp", SEARXNG_URL: "http://s:1" },
    ["Your documents works", "Wikipedia off", "SearXNG at s:1 off"],
    ["SEARCH_PROVIDERS=corpus,wikipedia", "SEARCH_PROVIDERS=corpus,searxng"],
  ],
])("search providers are told by the settings, not asked: %j", async (variables, states, lines) => {
  const { parts } = await checkUp(settings(variables), null, never);
  const search = parts.filter((part) => part.group === "search");
  expect(search.map((part) => `${part.name} ${part.state}`)).toEqual(states);
  expect(search.flatMap((part) => part.mend.map((mending) => mending.lines))).toEqual(lines);
  for (const part of search.filter(({ state }) => state === "works")) expect(part.facts).toEqual(["set, not probed"]);
});

test("a check under way is shared, a finished one is given again, a fresh one is made", async () => {
  const server = await startServer({});
  const env = settings({ MODEL_BASE_URL: server.url, MODEL_NAME: tongyiName });
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
