import type { Sql } from "postgres";
import { providerName } from "#lib/domain/provider-name.ts";
import type { SearchHit } from "#lib/domain/tool-details.ts";
import { type Env, neededBy, type SearchProviderName, searchProviderNames } from "#lib/env.ts";
import { isConfigured, searchOrder, serviceOptions } from "#lib/runs/provider-orders.ts";
import { searchProvider } from "#lib/tools/providers/search-provider.ts";
import { addable } from "./addable.ts";
import { askProvider } from "./ask-provider.ts";
import { type Check, told } from "./check.ts";
import { serviceWords } from "./service-words.ts";

/** The providers of the `search` tool in the order they are asked, each asked for one word. */
export function searchChecks(env: Env, sql: Sql | null): Check[] {
  const order = searchOrder(env);
  const rest = addable({
    group: "search",
    setting: "SEARCH_PROVIDERS",
    isSet: env.SEARCH_PROVIDERS !== undefined,
    inUse: order,
    all: searchProviderNames,
    isConfigured: (name) => isConfigured(name, env),
  });
  return [...order.map((name) => checkOf(name, env, sql)), ...rest];
}

function checkOf(name: SearchProviderName, env: Env, sql: Sql | null): Check {
  const { cost } = serviceWords[name];
  const title = providerName(name);
  if (name === "corpus")
    return told("search", title, { state: "works", says: `From ${env.CORPUS_DIR ?? "a folder"}, searched beside the web.` });
  const provider = searchProvider(name, { ...serviceOptions(env), sql });
  const address =
    name === "searxng" ? env.SEARXNG_URL : name === "kiwix" ? env.KIWIX_URL : name === "wikipedia" ? env.WIKIPEDIA_URL : undefined;
  return askProvider<SearchHit[]>({
    group: "search",
    name: address ? `${title} at ${new URL(address).host}` : title,
    says: name === "wikipedia" && !address ? "It answers, in the language of the question." : "It answers.",
    ask: async (signal) => (await provider?.ask("test", signal)) ?? null,
    factsOf: (hits) => [`${hits.length} ${hits.length === 1 ? "hit" : "hits"} for “test”`, ...(cost ? [cost] : [])],
    setting: neededBy(name) ?? (name === "wikipedia" && address ? "WIKIPEDIA_URL" : null),
    ...(name === "searxng" && {
      mendAnswer: { what: "Let it answer JSON, in its settings.yml:", lines: "search:\n  formats: [html, json]" },
    }),
  });
}
