import type { CheckedPart, Mending } from "#lib/domain/check-up.ts";
import { byGravity, type Finding } from "./finding.ts";
import { judgeWindow } from "./judge-window.ts";
import { asWord, launchLine, nameLine } from "./lines-to-copy.ts";
import { listModels, type ServedModel } from "./list-models.ts";
import { type Extras, lookAround } from "./look-around.ts";
import type { ModelServer } from "./model-server.ts";
import { talk } from "./talk.ts";

/** What was found out about one server, before it is put into words. */
export interface ExaminedServer {
  server: ModelServer;
  card: ServedModel | null;
  findings: Finding[];
  durationMs: number;
}

/** Everything about one server, by real requests: the list of models, what else it offers, and a completion. Nothing is changed by it. */
export async function examineServer(server: ModelServer, signal: AbortSignal): Promise<ExaminedServer> {
  const began = performance.now();
  const end = (checked: Pick<ExaminedServer, "card" | "findings">) => ({
    server,
    ...checked,
    durationMs: Math.round(performance.now() - began),
  });
  const listing = await listModels(server, signal);
  if (listing.kind === "not-listed") return end({ card: null, findings: [listing.finding] });
  const card = listing.models.find(({ id }) => id === server.name || id === `${server.name}:latest`) ?? null; // Ollama adds the tag
  const extras = await lookAround(server, signal);
  const health = judgeHealth(server, extras);
  if (!card) return end({ card, findings: [sayUnknownModel(server, listing.models), ...health] });
  const findings = [
    judgeWindow(card.max_model_len ?? null, server.dialect === "plain" ? "pages" : "runs"),
    ...(await talk(server, card, signal)),
    ...health,
  ];
  return end({ card, findings });
}

function judgeHealth(server: ModelServer, extras: Extras): Finding[] {
  const facts = [
    extras.version ? `vLLM ${extras.version}` : "version not told",
    `metrics: ${extras.metrics ? "yes" : "no"}`,
    `exact token counts: ${extras.tokenize ? "yes" : "no"}`,
  ];
  if (extras.health !== 503) return [{ state: "works", says: "", facts }];
  const again = { what: "Start it again:", lines: launchLine(server), takeAway: [] };
  return [{ state: "mend", says: "Its engine has died: /health answers 503.", facts, mend: [again] }];
}

function sayUnknownModel(server: ModelServer, models: readonly ServedModel[]): Finding {
  const ids = models.map((model) => model.id);
  const [first] = ids;
  const serveIt = {
    what: "Or let vLLM serve it under the name that is set:",
    lines: `--served-model-name ${asWord(server.name)}`,
    takeAway: [],
  };
  if (first === undefined)
    return {
      state: "mend",
      says: "It serves no model.",
      mend: [{ what: "Start vLLM with the model:", lines: launchLine(server), takeAway: [] }],
    };
  const isSet = server.name !== "";
  const shown = ids.slice(0, 5).join(", ") + (ids.length > 5 ? ` and ${ids.length - 5} more` : "");
  return {
    state: "mend",
    says: `${isSet ? `It does not serve ${server.name}` : `${server.setting}_NAME is not set`}. It serves ${shown}.`,
    mend: [
      {
        what: ids.length > 1 ? "Set the name of one of them:" : "Set the name of what is served:",
        lines: nameLine(server, first),
        takeAway: [],
      },
      ...(isSet ? [serveIt] : []),
    ],
  };
}

const groups = { MODEL: "model", SUMMARY_MODEL: "summary-model", SYNTHESIS_MODEL: "synthesis-model" } as const;

/** Sentences of the gravest findings first; without trouble, what works. Facts keep the order of the checks. */
export function toPart({ server, findings, card, durationMs }: ExaminedServer, name: string): CheckedPart {
  const sorted = byGravity(findings);
  const state = sorted[0]?.state ?? "works";
  const telling = state === "works" ? sorted : sorted.filter((finding) => finding.state !== "works");
  const opening = state === "works" && card ? `${card.id}.` : "";
  return {
    group: groups[server.setting],
    name,
    state,
    says: [opening, ...telling.map((finding) => finding.says)].filter(Boolean).join(" "),
    facts: findings.flatMap((finding) => finding.facts ?? []),
    mend: distinct(telling.flatMap((finding) => finding.mend ?? [])),
    durationMs,
  };
}

/** Two findings may be mended by the same lines. */
const distinct = (mendings: readonly Mending[]): Mending[] =>
  mendings.filter(({ lines }, index) => mendings.findIndex((other) => other.lines === lines) === index);
