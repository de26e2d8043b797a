import { writerSystem } from "#lib/domain/writer/rules.ts";
import { aboutSystem } from "#lib/runs/about-report/prompt-about.ts";
import { type Dossier, startDossier } from "./dossier.ts";
import { type ChatRequest, type FakeModel, type Reply, startFakeModel } from "./servers/fake-model.ts";
import { startFakeSearch } from "./servers/fake-search.ts";
import { startFakeWeb } from "./servers/fake-web.ts";

/** A whole Dossier whose model researches an invented question, writes a report with a sentence of every status, and answers questions about it. */
export interface ReportHouse extends Dossier {
  model: FakeModel;
  /** How the next questions about the report are answered; null: from the passages. */
  onAsk(reply: ((request: ChatRequest) => Reply) | null): void;
  stop(): Promise<void>;
}

export const question = "Did the anchoring ban bring the eelgrass back to Velsund Bay, and at what cost?";
export const modelName = "Tongyi-DeepResearch-30B-A3B";

const filler = (subject: string) =>
  `The record of ${subject} was kept by hand until 2009 and by machine since. Older sheets are in the county archive. `.repeat(9);
const courier =
  "Boat owners say the ban emptied the bay. The quay was quiet in 2020 and few of the big ships came. You see the boats all over in Norhavn now, one berth holder said.";
const texts = {
  survey: `${filler("cover")}In Velsund Bay eelgrass covered 57.9 hectares in 2018 and 83.2 hectares in 2024. The increase of 25.3 ha is the largest six-year gain recorded in the county. In the reference bay of Norhavn cover rose from 40.1 to 43.9 hectares. ${filler("the dives")}`,
  bylaw: `${filler("bylaws")}Anchoring is prohibited within the limits shown on chart 2 from 1 May 2019. The area comprises 212 hectares of the inner bay. The harbour shall lay and maintain 38 visitor buoys. The prohibition does not apply to vessels in distress. ${filler("charts")}`,
  waterboard: `${filler("the outfall")}Total nitrogen discharged from the Hellvik works fell by 31 per cent between 2019 and 2022. Norhavn Bay does not receive water from the Hellvik works. ${filler("storm overflow")}`,
  accounts: `${filler("dues")}Visitor buoys cost 6.4 million crowns in 2019, of which a state grant paid 2.5 million crowns. Visitor nights at the guest quay are told in table 7. ${filler("wages")}`,
  courier: `${filler("letters")}${courier}`,
  herald: `${filler("letters")}${courier}`,
};
const titles: Record<keyof typeof texts, string> = {
  survey: "Eelgrass in Velsund Bay: survey report 2024",
  bylaw: "Bylaw 14/2019 on anchoring in the inner bay",
  waterboard: "Nitrogen load after the Hellvik upgrade",
  accounts: "Harbour accounts 2018–2024",
  courier: "Boaters say the ban emptied the bay",
  herald: "Boaters say the ban emptied the bay",
};

/** The report, with the beginning of a passage in the place of its number. */
const report = `Eelgrass in Velsund Bay covered 57.9 hectares in 2018 and 83.2 hectares in 2024 {In Velsund Bay}. Total nitrogen discharged from the Hellvik works fell by 31 per cent between 2019 and 2022 {Total nitrogen}, so the growth cannot be credited to the ban alone.

## What was banned

“Anchoring is prohibited within the limits shown on chart 2 from 1 May 2019.” {Anchoring is} The closed area covers 212 hectares and has 38 mooring buoys {Anchoring is}. Boats may still lie at a buoy or at anchor outside the line.

## How far the meadow came back

The surveyors call it the largest six-year gain recorded in the county {In Velsund Bay}. In Norhavn cover rose from 40.1 to 49.3 hectares {In Velsund Bay}.

| Eelgrass cover, hectares | 2018 | 2024 |
|---|---:|---:|
| Velsund, closed to anchors | 57.9 | 83.2 {In Velsund Bay} |
| Norhavn, open | 40.1 | 43.9 |

The growth follows $C = C_0 e^{r t}$ with $r = 0.06$ a year.

\`\`\`python
rate = (83.2 / 57.9) ** (1 / 6) - 1  # about six per cent a year, for every year from 2018 to 2024 alike
\`\`\`

## What it cost

The buoys cost 6.4 million crowns, of which a state grant paid 2.5 million {Visitor buoys}. A third of visiting boats moved to Norhavn {Boat owners}. Visitor nights at the guest quay were back at their level by 2023 {Visitor buoys}.

## What could not be found

- A count of anchored boats in Velsund before 2019.
- The minutes of the harbour board: the page refused to be read.`;

const shorter = `Eelgrass in Velsund Bay covered 57.9 hectares in 2018 and 83.2 hectares in 2024 {In Velsund Bay}. Cleaner water came at the same time {Total nitrogen}.

## What was banned

“Anchoring is prohibited within the limits shown on chart 2 from 1 May 2019.” {Anchoring is}

## What could not be found

- A count of anchored boats in Velsund before 2019.`;

/** Verdicts by the beginning of a sentence; all others are supported. */
const verdicts: [RegExp, string][] = [
  [/^A third of visiting boats/, "unsupported - the passage gives no number"],
  [/^Cleaner water/, "weak - the passage speaks of nitrogen, not of the bay"],
];

export async function startReportHouse(settings: Record<string, string> = {}): Promise<ReportHouse> {
  let reply: ((request: ChatRequest) => Reply) | null = null;
  const web = await startFakeWeb({
    ...Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        `/${name}`,
        {
          kind: "html" as const,
          title: titles[name as keyof typeof texts],
          paragraphs: text.split(/(?<=archive\. )(?=[A-Z](?!he record))/),
        },
      ]),
    ),
    "/minutes": { kind: "status", status: 403 },
  });
  const paths = [...Object.keys(texts), "minutes"];
  const search = await startFakeSearch(() =>
    paths.map((path) => ({ url: `${web.url}/${path}`, title: titles[path as keyof typeof texts] ?? "Minutes", content: "Velsund Bay" })),
  );
  const model = await startFakeModel((request) => speak(request, web.url, paths, reply), { name: modelName });
  const dossier = await startDossier({
    MODEL_BASE_URL: model.url,
    MODEL_NAME: modelName,
    SEARCH_PROVIDERS: "searxng",
    SEARXNG_URL: search.url,
    SCHOLAR_PROVIDERS: "none",
    PYTHON_SANDBOX: "off",
    FETCH_ALLOW_HOSTS: web.host,
    REPORT_WRITER: "on",
    CLAIM_JUDGE: "on",
    ...settings,
  });
  return {
    ...dossier,
    model,
    onAsk(next) {
      reply = next;
    },
    async stop() {
      await dossier.stop();
      await Promise.all([model.close(), web.close(), search.close()]);
    },
  };
}

function speak(request: ChatRequest, web: string, paths: readonly string[], reply: ((request: ChatRequest) => Reply) | null): Reply {
  const [system, user] = request.messages.map(({ content }) => String(content ?? ""));
  if (system === aboutSystem) return reply?.(request) ?? said(answerFrom(user ?? ""));
  if (system === writerSystem)
    return said(
      `<report>\nForm: short\n${withPassages(/Write a shorter version/.test(user ?? "") ? shorter : report, user ?? "", "p")}\n</report>`,
    );
  if (system?.startsWith("You check citations")) return { kind: "text", text: `<think>\nI compare.\n</think>\n${judged(user ?? "")}` };
  if (request.messages[0]?.role !== "system") return { kind: "text", text: extractionOf(user ?? system ?? "") };
  const turns = request.messages.filter(({ role }) => role === "assistant").length;
  if (turns === 0) return call("search", { query: ["Velsund eelgrass anchoring ban"] });
  if (turns === 1) return call("visit", { url: paths.map((path) => `${web}/${path}`), goal: "cover, ban, cost" });
  return {
    kind: "text",
    text: "<think>\nThat answers it.\n</think>\n<answer>\nThe meadow grew from 57.9 to 83.2 hectares; the ban and cleaner water came together.\n</answer>",
  };
}

const said = (text: string): Reply => ({ kind: "text", text: `<think>\nI look through the passages.\n</think>\n${text}` });
const call = (name: string, args: object): Reply => ({
  kind: "text",
  text: `<think>\nI go on.\n</think>\n<tool_call>\n${JSON.stringify({ name, arguments: args })}\n</tool_call>`,
});

/** The numbers of the passages that hold some words, as the prompt names them. */
function withPassages(text: string, prompt: string, prefix: "p" | ""): string {
  const passages = prompt
    .split("<passage id=")
    .slice(1)
    .map((part) => ({ id: /^"([^"]+)"/.exec(part)?.[1] ?? "", part }));
  return text.replace(/ \{([A-Z][^{}]+)\}/g, (_, words: string) => {
    const found = passages.find(({ part }) => part.includes(words));
    return ` [${found?.id ?? `${prefix}999`}]`;
  });
}

const answerFrom = (prompt: string): string => {
  if (!/distress|emergency/.test(prompt.split("Question:\n").at(-1) ?? ""))
    return "<answer>The stored passages do not say. They hold nothing about it.</answer>";
  return `<answer>${withPassages("Yes. “The prohibition does not apply to vessels in distress.” {The prohibition does not apply} The ban is from 1 May 2019 {Anchoring is}. Nobody was fined [99].", prompt, "")}</answer>`;
};

const judged = (prompt: string): string =>
  [...prompt.matchAll(/<pair id="([^"]+)">\s*<sentence>([^<]*)<\/sentence>/g)]
    .map(
      ([, id, sentence = ""]) =>
        `${id}: ${verdicts.find(([begins]) => begins.test(sentence))?.[1] ?? "supported - the passage says it in other words"}`,
    )
    .join("\n");

/** The extraction of a page: its sentences that are not filler. */
function extractionOf(prompt: string): string {
  const evidence = Object.values(texts).find((text) => prompt.includes(factsOf(text).slice(0, 60)));
  return JSON.stringify({
    rational: "The middle of the page.",
    evidence: evidence ? factsOf(evidence) : "",
    summary: "What the page says.",
  });
}
const factsOf = (text: string) => text.replaceAll(/The record of [^.]* since\. Older sheets are in the county archive\. /g, "").trim();
