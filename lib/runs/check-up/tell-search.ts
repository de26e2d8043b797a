import type { CheckedPart } from "#lib/domain/check-up.ts";
import { type Env, searchOrder, searchProviderNames } from "#lib/env.ts";

type ProviderName = (typeof searchProviderNames)[number];

/** What the settings say of each provider, in the order they are asked. None is asked here: a search costs, or counts against a limit. */
export function tellSearch(env: Env): CheckedPart[] {
  const order = searchOrder(env);
  const rest = searchProviderNames.filter((name) => !order.includes(name));
  return [
    ...order.map((name) => ({ ...toldBySettings(name, env), state: "works" as const, facts: ["set, not probed"], mend: [] })),
    ...rest.map((name) => ({ ...toldBySettings(name, env), state: "off" as const, facts: [], ...whyOff(name, env) })),
  ];
}

function toldBySettings(name: ProviderName, env: Env) {
  const shared = { group: "search", durationMs: 0 } as const;
  switch (name) {
    case "wikipedia": {
      const where = env.WIKIPEDIA_URL ? { title: ` at ${hostOf(env.WIKIPEDIA_URL)}`, says: "Asked at WIKIPEDIA_URL." } : null;
      return { ...shared, name: `Wikipedia${where?.title ?? ""}`, says: where?.says ?? "Asked in the language of the question." };
    }
    case "searxng":
      return {
        ...shared,
        name: `SearXNG${env.SEARXNG_URL ? ` at ${hostOf(env.SEARXNG_URL)}` : ""}`,
        says: "It must allow the json format.",
      };
    case "corpus":
      return { ...shared, name: "Your documents", says: `From ${env.CORPUS_DIR ?? "a folder of yours"}, searched beside the web.` };
    default:
      return name satisfies never;
  }
}

const toAdd: Record<ProviderName, { says: string; lines: string; isSet: (env: Env) => boolean }> = {
  wikipedia: { says: "SEARCH_PROVIDERS leaves it out.", lines: "", isSet: () => true },
  searxng: { says: "No address is set.", lines: "SEARXNG_URL=http://127.0.0.1:8080", isSet: (env) => Boolean(env.SEARXNG_URL) },
  corpus: { says: "No folder is set.", lines: "CORPUS_DIR=/path/to/documents", isSet: (env) => Boolean(env.CORPUS_DIR) },
};

/** What turns a provider on. With an order of their own in the settings, its name has to stand there too. */
function whyOff(name: ProviderName, env: Env): Pick<CheckedPart, "says" | "mend"> {
  const { says, lines, isSet } = toAdd[name];
  const missing = isSet(env) ? [] : [lines];
  const named = env.SEARCH_PROVIDERS ? [`SEARCH_PROVIDERS=${[...env.SEARCH_PROVIDERS, name].join(",")}`] : [];
  return {
    says: isSet(env) ? "SEARCH_PROVIDERS leaves it out." : says,
    mend: [{ what: "To search it too:", lines: [...missing, ...named].join("\n"), takeAway: [] }],
  };
}

const hostOf = (url: string) => new URL(url).host;
