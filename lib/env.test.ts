import { expect, test } from "vitest";
import { parseEnv, searchOrder } from "./env.ts";

test("nothing set is a working configuration", () => {
  const parsed = parseEnv({});
  expect(parsed).toMatchObject({
    ok: true,
    env: { HOST: "127.0.0.1", PORT: 3000, MAX_LLM_CALLS: 100, MAX_RUN_MINUTES: 150, WORKER_CONCURRENCY: 4 },
  });
  expect(parsed.ok && searchOrder(parsed.env)).toEqual(["wikipedia"]);
});

test.each([
  ["PORT", { PORT: "http" }, /^PORT must be a whole number/],
  ["PORT too large", { PORT: "70000" }, /^PORT must be at most 65535/],
  ["a database that is none", { DATABASE_URL: "mysql://x" }, /^DATABASE_URL is not a postgres/],
  ["a model without a name", { MODEL_BASE_URL: "http://gpu:8000" }, /^MODEL_NAME is missing/],
  ["a model address that is none", { MODEL_BASE_URL: "gpu:8000", MODEL_NAME: "m" }, /^MODEL_BASE_URL is not an http/],
  ["an unknown provider", { SEARCH_PROVIDERS: "wikipedia,gogle" }, /^SEARCH_PROVIDERS knows no provider "gogle"/],
  ["a corpus without a folder", { SEARCH_PROVIDERS: "corpus" }, /^CORPUS_DIR is missing/],
  ["a corpus folder that is not there", { CORPUS_DIR: "/nowhere/at/all" }, /^CORPUS_DIR names no folder/],
  ["searxng without its address", { SEARCH_PROVIDERS: "searxng" }, /^SEARXNG_URL is missing/],
  ["a short token", { API_TOKEN: "short" }, /^API_TOKEN must have at least 16/],
  ["no calls", { MAX_LLM_CALLS: "0" }, /^MAX_LLM_CALLS must be at least 1/],
])("%s is one line that names the setting", (_, variables, line) => {
  const parsed = parseEnv(variables);
  expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringMatching(line)]);
});

test("all mistakes are told at once, and no key is printed", () => {
  const parsed = parseEnv({ PORT: "x", MODEL_API_KEY: "sk-secret", SEARXNG_URL: "nope" });
  expect(parsed.ok ? [] : parsed.problems).toHaveLength(2);
  expect(JSON.stringify(parsed)).not.toContain("sk-secret");
});

test("an empty variable counts as unset", () => {
  expect(parseEnv({ PORT: "", DATABASE_URL: " " })).toMatchObject({ ok: true, env: { PORT: 3000 } });
});
