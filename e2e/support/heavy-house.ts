import { type Dossier, startDossier } from "./dossier.ts";
import { isAgents } from "./servers/fake-model/script-policy.ts";
import { type FakeModel, type Reply, startFakeModel } from "./servers/fake-model.ts";
import { startFakeSearch } from "./servers/fake-search.ts";
import { type FakePage, startFakeWeb } from "./servers/fake-web.ts";

/** One turn of a lane. It is said once `after` has come. */
export interface LaneTurn {
  thought: string;
  /** Null: the turn has none, though it was asked for. */
  report: string | null;
  move: { search: string } | { visit: string } | { answer: string };
  after?: Promise<unknown>;
  msPerToken?: number;
}

export interface HeavyScript {
  lanes: readonly (readonly LaneTurn[])[];
  synthesis: { text: string; after?: Promise<unknown>; msPerToken?: number };
  /** What is taken from a page, by its path. */
  extracts: Record<string, { text: string; after?: Promise<unknown> }>;
}

export interface HeavyHouse extends Dossier {
  model: FakeModel;
  web: Awaited<ReturnType<typeof startFakeWeb>>;
  script(next: HeavyScript): void;
}

/** Dossier with a model that says its lines as the lanes of a Heavy run, in the order in which they begin. */
export async function startHeavyHouse(pages: Record<string, FakePage>, settings: Record<string, string> = {}): Promise<HeavyHouse> {
  let script: HeavyScript = { lanes: [], synthesis: { text: "" }, extracts: {} };
  let begun = 0;
  const web = await startFakeWeb(pages);
  const search = await startFakeSearch(() =>
    Object.keys(pages).map((path) => ({ url: `${web.url}${path}`, title: `Page ${path}`, content: "It bears on the question." })),
  );
  const reply = async (messages: readonly { content?: unknown }[]): Promise<Reply> => {
    const asked = String(messages[1]?.content ?? "");
    if (!asked.startsWith("You work on the question below in rounds")) return say(script.synthesis);
    const [, lane, round] = /<!--(\d+)\.(\d+)-->/.exec(asked) ?? [];
    const at = lane === undefined ? { lane: ++begun, round: 0 } : { lane: Number(lane), round: Number(round) };
    if (String(messages.at(-1)?.content).startsWith("You have reached the limit"))
      return { kind: "text", text: `<think>\nI close.\n</think>\n<answer>\nLane ${at.lane} had not finished.\n</answer>` };
    const turn = script.lanes[at.lane - 1]?.[at.round];
    if (!turn) return { kind: "text", text: "<answer>\nThe script has ended.\n</answer>" };
    return say({ ...turn, text: textOf(turn, `<!--${at.lane}.${at.round + 1}-->`, web.url) });
  };
  const model = await startFakeModel(
    async (request) => {
      if (isAgents(request)) return reply(request.messages);
      const prompt = JSON.stringify(request.messages);
      const [, extract] = Object.entries(script.extracts).find(([path]) => prompt.includes(String(pageWords(pages[path])))) ?? [];
      return say({ text: extraction(extract?.text ?? "Nothing of use."), ...(extract?.after && { after: extract.after }) });
    },
    { name: "Tongyi-DeepResearch-30B-A3B" },
  );
  const house = await startDossier({
    MODEL_BASE_URL: model.url,
    MODEL_NAME: "Tongyi-DeepResearch-30B-A3B",
    SEARCH_PROVIDERS: "searxng",
    SEARXNG_URL: search.url,
    SCHOLAR_PROVIDERS: "none",
    PYTHON_SANDBOX: "off",
    FETCH_ALLOW_HOSTS: web.host,
    ...settings,
  });
  return {
    ...house,
    model,
    web,
    script(next) {
      script = next;
      begun = 0;
    },
    async stop() {
      await house.stop();
      await Promise.all([model.close(), web.close(), search.close()]);
    },
  };
}

async function say({ text, after, msPerToken }: { text: string; after?: Promise<unknown>; msPerToken?: number }): Promise<Reply> {
  await after;
  return { kind: "text", text, ...(msPerToken !== undefined && { msPerToken }) };
}

/** The first words of a page: by them a request to take something out of it is known. */
const pageWords = (page: FakePage | undefined) => (page?.kind === "html" ? page.paragraphs[0]?.slice(0, 60) : undefined);
const extraction = (text: string) => JSON.stringify({ rational: "It bears on the question.", evidence: text, summary: text });

/** The mark is a comment of HTML, which no screen shows: by it the next round of the lane is known. */
function textOf({ thought, report, move }: LaneTurn, mark: string, web: string): string {
  const written = report === null ? "" : `<report>\n${mark}\n${report}\n</report>\n`;
  return `<think>\n${thought}\n</think>\n${written}${moveText(move, web)}`;
}

function moveText(move: LaneTurn["move"], web: string): string {
  if ("answer" in move) return `<answer>\n${move.answer}\n</answer>`;
  const call =
    "search" in move
      ? { name: "search", arguments: { query: [move.search] } }
      : { name: "visit", arguments: { url: [`${web}${move.visit}`], goal: "cover and cost" } };
  return `<tool_call>\n${JSON.stringify(call)}\n</tool_call>`;
}
