import type { CheckedPart } from "#lib/domain/check-up.ts";
import type { Env } from "#lib/env.ts";
import { checkModelServers } from "#lib/model/doctor.ts";
import { probeLocalServers } from "#lib/model/probe.ts";
import { mainServers, summaryServers, synthesisServers } from "#lib/model/set-servers.ts";

/** The servers of the settings: those a run thinks with, and those that extract from pages or bring lanes together where they are others. */
export async function checkModels(env: Env, signal: AbortSignal): Promise<CheckedPart[]> {
  const main = mainServers(env);
  const summary = summaryServers(env);
  const synthesis = synthesisServers(env);
  const [parts, extractors, syntheses] = await Promise.all([
    main ? checkModelServers(main, signal) : notConnected(env),
    summary ? checkModelServers({ ...summary, dialect: "plain", setting: "SUMMARY_MODEL" }, signal) : [],
    synthesis ? checkModelServers({ ...synthesis, dialect: "plain", setting: "SYNTHESIS_MODEL" }, signal) : [],
  ]);
  return [...parts, ...extractors, ...syntheses];
}

export const noModelName = "Language model";
const example = { url: "http://127.0.0.1:8000", kind: "vLLM", models: ["Alibaba-NLP/Tongyi-DeepResearch-30B-A3B"] };

async function notConnected(env: Env): Promise<CheckedPart[]> {
  const began = performance.now();
  const part = { group: "model", name: noModelName, state: "off", facts: [], mend: [] } satisfies Partial<CheckedPart>;
  if (env.MODEL_DIALECT === "quoting")
    return [{ ...part, says: "MODEL_DIALECT is quoting: reports only quote their sources.", durationMs: 0 }];
  const found = (await probeLocalServers()).filter((server) => server.models.length > 0);
  const offer = found[0] ?? example;
  const there = found.map(
    (server) => `${server.kind} answers at ${server.url.replace(/^https?:\/\//, "")} with ${server.models.slice(0, 3).join(", ")}.`,
  );
  return [
    {
      ...part,
      says: ["None is set, so reports only quote their sources.", ...there].join(" "),
      mend: [
        {
          what: "To connect one, in the environment of Dossier or in .env:",
          lines: `MODEL_BASE_URL=${offer.url}\nMODEL_NAME=${offer.models[0]}`,
          takeAway: [],
        },
      ],
      durationMs: Math.round(performance.now() - began),
    },
  ];
}
