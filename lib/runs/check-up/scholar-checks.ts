import { providerName } from "#lib/domain/provider-name.ts";
import type { Paper } from "#lib/domain/tool-details.ts";
import { type Env, neededBy, type ScholarProviderName, scholarProviderNames } from "#lib/env.ts";
import { isConfigured, scholarOrder, serviceOptions } from "#lib/runs/provider-orders.ts";
import { scholarProvider } from "#lib/tools/providers/scholar-provider.ts";
import { addable } from "./addable.ts";
import { askProvider } from "./ask-provider.ts";
import { type Check, told } from "./check.ts";
import { serviceWords } from "./service-words.ts";

/** The indexes of the `google_scholar` tool in the order they are asked, each asked for one word. */
export function scholarChecks(env: Env): Check[] {
  const order = scholarOrder(env);
  if (order.length === 0) return [leftOut(env)];
  const rest = addable({
    group: "scholar",
    setting: "SCHOLAR_PROVIDERS",
    isSet: env.SCHOLAR_PROVIDERS !== undefined,
    inUse: order,
    all: scholarProviderNames,
    isConfigured: (name) => isConfigured(name, env),
  });
  return [...order.map((name) => checkOf(name, env)), ...rest];
}

const leftOut = (env: Env) =>
  told("scholar", "google_scholar", {
    state: "off",
    says: `The tool is left out of the prompt: ${env.SCHOLAR_PROVIDERS ? "SCHOLAR_PROVIDERS is none" : "only what is in the house is searched"}.`,
    mend: [
      {
        what: "To search indexes of scholarly works on the web:",
        lines: "SCHOLAR_PROVIDERS=semantic-scholar,crossref,arxiv",
        takeAway: [],
      },
    ],
  });

function checkOf(name: ScholarProviderName, env: Env): Check {
  const { cost } = serviceWords[name];
  const title = providerName(name);
  const provider = scholarProvider(name, serviceOptions(env));
  return askProvider<Paper[]>({
    group: "scholar",
    name: name === "serper" ? "Google Scholar, through Serper" : title,
    says: "It answers.",
    ask: async (signal) => (await provider?.ask("test", signal)) ?? null,
    factsOf: (papers) => [`${papers.length} ${papers.length === 1 ? "work" : "works"} for “test”`, ...(cost ? [cost] : [])],
    setting: neededBy(name) ?? (name === "semantic-scholar" && env.SEMANTIC_SCHOLAR_API_KEY ? "SEMANTIC_SCHOLAR_API_KEY" : null),
  });
}
