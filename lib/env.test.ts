import { expect, test } from "vitest";
import { type Env, parseEnv } from "./env.ts";

test("nothing set is a working configuration", () => {
  const parsed = parseEnv({});
  expect(parsed).toMatchObject({
    ok: true,
    env: { HOST: "127.0.0.1", PORT: 3000, MAX_LLM_CALLS: 100, MAX_RUN_MINUTES: 150, WORKER_CONCURRENCY: 4 },
  });
});

function settings(variables: Record<string, string>): Env {
  const parsed = parseEnv(variables);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.env;
}
test("how long answers are kept, and what runs code", () => {
  expect(settings({})).toMatchObject({ SEARCH_CACHE_HOURS: 24, PAGE_CACHE_HOURS: 168, FETCH_AHEAD: "on", PYTHON_SANDBOX: "auto" });
  expect(
    settings({ SEARCH_CACHE_HOURS: "0", PAGE_CACHE_HOURS: "1", FETCH_AHEAD: "off", SANDBOX_FUSION_URL: "http://a:1, http://b:1" }),
  ).toMatchObject({
    ...{ SEARCH_CACHE_HOURS: 0, PAGE_CACHE_HOURS: 1, FETCH_AHEAD: "off", SANDBOX_FUSION_URL: ["http://a:1", "http://b:1"] },
  });
});

test("names under which the server is asked, as a Host header may write them", () => {
  expect(settings({}).ALLOWED_HOSTS).toEqual([]);
  expect(settings({ ALLOWED_HOSTS: "Dossier.example, 10.0.0.7,[fd00::7]" }).ALLOWED_HOSTS).toEqual([
    "dossier.example",
    "10.0.0.7",
    "[fd00::7]",
  ]);
});

test("Heavy: four lanes, no limit of tokens, and the main model for the synthesis, unless something is set", () => {
  const unset = settings({});
  expect(unset).toMatchObject({ HEAVY_LANES: 4, SYNTHESIS_MODEL_DIALECT: "auto" });
  expect([unset.MAX_RUN_TOKENS, unset.SYNTHESIS_MODEL_NAME]).toEqual([undefined, undefined]);
  const set = settings({ HEAVY_LANES: "8", MAX_RUN_TOKENS: "2000000", SYNTHESIS_MODEL_NAME: "larger" });
  expect(set).toMatchObject({ HEAVY_LANES: 8, MAX_RUN_TOKENS: 2_000_000, SYNTHESIS_MODEL_NAME: "larger" });
});

test.each<[string, Record<string, string>, RegExp]>([
  ["PORT", { PORT: "http" }, /^PORT must be a whole number/],
  ["PORT too large", { PORT: "70000" }, /^PORT must be at most 65535/],
  ["a host name with a scheme", { ALLOWED_HOSTS: "https://dossier.example" }, /^ALLOWED_HOSTS takes host names/],
  ["a host name with a port", { ALLOWED_HOSTS: "dossier.example:443" }, /^ALLOWED_HOSTS takes host names/],
  ["a database that is none", { DATABASE_URL: "mysql://x" }, /^DATABASE_URL is not a postgres/],
  ["a model without a name", { MODEL_BASE_URL: "http://gpu:8000" }, /^MODEL_NAME is missing/],
  ["a model address that is none", { MODEL_BASE_URL: "gpu:8000", MODEL_NAME: "m" }, /^MODEL_BASE_URL is not an http/],
  ["an unknown provider", { SEARCH_PROVIDERS: "wikipedia,gogle" }, /^SEARCH_PROVIDERS knows no provider "gogle"/],
  ["a corpus without a folder", { SEARCH_PROVIDERS: "corpus" }, /^CORPUS_DIR is missing/],
  ["a corpus folder that is not there", { CORPUS_DIR: "/nowhere/at/all" }, /^CORPUS_DIR names no folder/],
  ["searxng without its address", { SEARCH_PROVIDERS: "searxng" }, /^SEARXNG_URL is missing/],
  ["a search service without its key", { SEARCH_PROVIDERS: "brave" }, /^BRAVE_API_KEY is missing: SEARCH_PROVIDERS names brave/],
  ["an index without its key", { SCHOLAR_PROVIDERS: "openalex" }, /^OPENALEX_API_KEY is missing: SCHOLAR_PROVIDERS names openalex/],
  ["a reader without its key", { READ_PROVIDERS: "firecrawl" }, /^FIRECRAWL_API_KEY is missing: READ_PROVIDERS names firecrawl/],
  ["kiwix without its address", { SEARCH_PROVIDERS: "kiwix" }, /^KIWIX_URL is missing: SEARCH_PROVIDERS/],
  ["an unknown index", { SCHOLAR_PROVIDERS: "scopus" }, /^SCHOLAR_PROVIDERS knows no provider "scopus"; it takes serper/],
  ["an unknown reader", { READ_PROVIDERS: "curl" }, /^READ_PROVIDERS knows no provider "curl"; it takes kiwix/],
  ["a key in two lines", { SERPER_API_KEY: "a\nb" }, /^SERPER_API_KEY is no key/],
  ["an address of no service", { PROVIDER_URLS: "gogle=http://x" }, /^PROVIDER_URLS knows no provider "gogle"/],
  ["a service without an address", { PROVIDER_URLS: "serper" }, /^PROVIDER_URLS is not an http/],
  ["a contact that is none", { CONTACT_EMAIL: "me" }, /^CONTACT_EMAIL is not an e-mail/],
  ["a sandbox without its address", { PYTHON_SANDBOX: "sandboxfusion" }, /^SANDBOX_FUSION_URL is missing/],
  ["an unknown sandbox", { PYTHON_SANDBOX: "docker" }, /^PYTHON_SANDBOX must be auto/],
  ["a synthesis model without a name", { SYNTHESIS_MODEL_BASE_URL: "http://gpu:8000" }, /^SYNTHESIS_MODEL_NAME is missing/],
  ["a synthesis model that quotes", { SYNTHESIS_MODEL_DIALECT: "quoting" }, /^SYNTHESIS_MODEL_DIALECT must be auto, tongyi or native/],
  ["one lane", { HEAVY_LANES: "1" }, /^HEAVY_LANES must be at least 2/],
  ["too many lanes", { HEAVY_LANES: "17" }, /^HEAVY_LANES must be at most 16/],
  ["too few tokens", { MAX_RUN_TOKENS: "10" }, /^MAX_RUN_TOKENS must be at least 1000/],
  ["half a setting", { FETCH_AHEAD: "yes" }, /^FETCH_AHEAD must be on or off/],
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

test("a failpoint is refused wherever the process is not one of a test", () => {
  for (const NODE_ENV of ["production", "development", undefined])
    expect(parseEnv({ FAILPOINT: "committed:1", NODE_ENV })).toEqual({
      ok: false,
      problems: ["FAILPOINT kills the process and is for tests of Dossier itself: unset it"],
    });
  expect(parseEnv({ FAILPOINT: "committed:1", NODE_ENV: "test" })).toMatchObject({ ok: true });
  expect(parseEnv({ FAILPOINT: "committed", NODE_ENV: "test" })).toMatchObject({ ok: false });
});
