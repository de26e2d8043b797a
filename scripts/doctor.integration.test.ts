import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { freePort } from "#db/embedded/free-port.ts";
import { startFakeSearch } from "#e2e/support/servers/fake-search.ts";
import { asDeltas, goodTurn, startServer, tongyiName } from "#lib/model/doctor/model-server.fixture.ts";
import { checkFromOutside } from "./doctor/check-from-outside.ts";
import { Refusal } from "./refusal.ts";

/** A machine without internet whose own search works. */
const search = await startFakeSearch(() => [{ url: "https://a.example/", title: "T", content: "C" }]);
afterAll(() => search.close());
const machine = { SEARCH_PROVIDERS: "searxng", SEARXNG_URL: search.url, SCHOLAR_PROVIDERS: "none", PYTHON_SANDBOX: "off" };
const check = (settings: Record<string, string>) =>
  checkFromOutside({ NODE_ENV: "production", ...machine, ...settings }, new AbortController().signal);

test("a sound server is sound, and the key is not printed", async () => {
  const key = "sk-very-secret-0123456789";
  const server = await startServer({ key });
  const found = await check({ MODEL_BASE_URL: server.url, MODEL_NAME: tongyiName, MODEL_API_KEY: key });
  await server.close();
  expect(found.isSound).toBe(true);
  expect(found.text).toContain("works   127.0.0.1:");
  expect(found.text).toMatch(/Thinks, calls a tool and stops at\s+the tag/);
  expect(found.text).toContain("DATABASE_URL is not set");
  expect(found.text).not.toContain(key);
});

test("a database that is down is told without its password", async () => {
  const found = await check({ DATABASE_URL: `postgres://me:secret@127.0.0.1:${await freePort()}/dossier` });
  expect(found.isSound).toBe(false);
  expect(found.text).toMatch(/MEND +PostgreSQL[\s\S]*ECONNREFUSED/);
  expect(found.text).not.toContain("secret");
});

test("the database of the tests works, and no worker is expected", async () => {
  const found = await check({ DATABASE_URL: process.env.TEST_DATABASE_URL ?? "" });
  expect(found.isSound).toBe(true);
  expect(found.text).toMatch(/works +PostgreSQL[\s\S]*version 18/);
  expect(found.text).toMatch(/off +Worker[\s\S]*not running/);
});

test("a setting that cannot be used is refused by its name", async () => {
  await expect(check({ MODEL_BASE_URL: "gpu:8000", MODEL_NAME: "m" })).rejects.toThrow(Refusal);
});

test("the command prints what is to be mended, with the lines to copy, and ends with 1", async () => {
  const server = await startServer({ says: () => ({ deltas: asDeltas(goodTurn, "reasoning") }) });
  const script = fileURLToPath(new URL("./doctor.mjs", import.meta.url));
  const env = {
    NODE_ENV: "production" as const,
    PATH: process.env.PATH,
    ...machine,
    DATABASE_URL: "",
    MODEL_BASE_URL: server.url,
    MODEL_NAME: tongyiName,
  };
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  await server.close();
  expect(said).toMatch(/1 to mend, \d works?/);
  expect(said).toMatch(/^ +vllm serve Alibaba-NLP\/Tongyi-DeepResearch-30B-A3B --port \d+ --max-model-len 131072$/m);
  expect(said).toContain("Take these away: --reasoning-parser");
  expect(code).toBe(1);
});
