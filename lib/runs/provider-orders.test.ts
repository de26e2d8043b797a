import { expect, test } from "vitest";
import { type Env, parseEnv } from "#lib/env.ts";
import { isOffline, readOrder, scholarOrder, searchOrder, serviceOptions } from "./provider-orders.ts";

function settings(variables: Record<string, string>): Env {
  const parsed = parseEnv(variables);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.env;
}
const everyKey = {
  ...{
    SERPER_API_KEY: "k1",
    TAVILY_API_KEY: "k2",
    BRAVE_API_KEY: "k3",
    EXA_API_KEY: "k4",
    SEARXNG_URL: "http://s:1",
    KIWIX_URL: "http://k:1",
  },
  ...{ OPENALEX_API_KEY: "k5", JINA_API_KEY: "k6", FIRECRAWL_API_KEY: "k7", CORPUS_DIR: "/tmp" },
};
const web = ["semantic-scholar", "crossref", "arxiv"];

test.each<[Record<string, string>, { search: string[]; scholar: string[]; read: string[]; offline?: true }]>([
  [{}, { search: ["wikipedia"], scholar: web, read: ["direct"] }],
  [
    everyKey,
    {
      search: ["serper", "tavily", "brave", "exa", "searxng", "kiwix", "corpus"],
      scholar: ["serper", ...web, "openalex"],
      read: ["kiwix", "direct", "jina", "firecrawl"],
    },
  ],
  [{ KIWIX_URL: "http://k:1" }, { search: ["kiwix"], scholar: [], read: ["kiwix"], offline: true }],
  [
    { ...everyKey, SEARCH_PROVIDERS: "kiwix,corpus" },
    { search: ["kiwix", "corpus"], scholar: [], read: ["kiwix"], offline: true },
  ],
  [
    { CORPUS_DIR: "/tmp", SEARCH_PROVIDERS: "corpus" },
    { search: ["corpus"], scholar: [], read: [], offline: true },
  ],
  [
    { CORPUS_DIR: "/tmp", SEARCH_PROVIDERS: "corpus", SCHOLAR_PROVIDERS: "arxiv", READ_PROVIDERS: "direct" },
    { search: ["corpus"], scholar: ["arxiv"], read: ["direct"], offline: true },
  ],
  [
    { SCHOLAR_PROVIDERS: "none", READ_PROVIDERS: "jina, direct" },
    { search: ["wikipedia"], scholar: [], read: ["jina", "direct"] },
  ],
])("the order of providers by what is set: %j", (variables, { search, scholar, read, offline = false }) => {
  const env = settings(variables);
  expect({ search: searchOrder(env), scholar: scholarOrder(env), read: readOrder(env), offline: isOffline(env) }).toEqual({
    search,
    scholar,
    read,
    offline,
  });
});

test("addresses of services can be replaced, by name", () => {
  const env = settings({ PROVIDER_URLS: "serper=http://proxy:1/serper?a=b, arxiv=http://mirror" });
  expect(serviceOptions(env).urls).toEqual({ serper: "http://proxy:1/serper?a=b", arxiv: "http://mirror" });
});
