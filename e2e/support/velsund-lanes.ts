import type { ChatRequest, Reply, Script } from "./servers/fake-model.ts";

/**
 * What one of the lanes does, round by round. Nothing on the wire names a lane: the first rounds that arrive get the plans in their order, and
 * each later one is known by the report that its prompt holds.
 */
export type LanePlan = readonly (Said | Reply | (() => Promise<Said>))[];
/** A report, and a page to read or an answer. */
export interface Said {
  report: string;
  visit?: string;
  answer?: string;
}

/** What a synthesis is shown of the lanes: the number that each plan got in this run, and the number of each page. */
export interface Shown {
  laneOf: (plan: number) => number;
  sourceOf: (path: string) => number;
}

export interface LaneScript {
  plans: readonly LanePlan[];
  synthesis: (shown: Shown) => Reply | Promise<Reply>;
  extraction: string;
}

/** A model that plays the lanes of Heavy runs and their synthesis, by the question that a prompt holds. */
export function laneScripts(scripts: Readonly<Record<string, LaneScript>>): Script {
  const begun = new Map<string, number>();
  return async (request) => {
    const user = request.messages[1]?.content ?? "";
    const said = request.messages.map(({ content }) => content ?? "").join("\n");
    const [question, script] = Object.entries(scripts).find(([key]) => said.includes(key)) ?? [];
    if (request.messages[0]?.role !== "system") return text(Object.values(scripts)[0]?.extraction ?? "");
    if (!question || !script) return text("<answer>There is no script for this.</answer>");
    if (!isRound(request)) return script.synthesis(shownIn(user));
    const [, plan, round] = /<report>\nPlan (\d+), round (\d+)\./.exec(user) ?? [];
    const at = plan === undefined ? { plan: (begun.get(question) ?? 0) + 1, round: 0 } : { plan: Number(plan), round: Number(round) };
    if (plan === undefined) begun.set(question, at.plan);
    const planned = script.plans[at.plan - 1]?.[at.round];
    const turn = typeof planned === "function" ? await planned() : planned;
    if (!turn) return text("<answer>The plan has ended.</answer>");
    return "kind" in turn ? turn : text(roundText(turn, at.plan, at.round + 1));
  };
}

const isRound = ({ messages }: ChatRequest) => (messages[1]?.content ?? "").startsWith("You work on the question below in rounds");
const text = (said: string): Reply => ({ kind: "text", text: said });

function roundText({ report, visit, answer }: Said, plan: number, round: number): string {
  const move = visit
    ? `<tool_call>\n${JSON.stringify({ name: "visit", arguments: { url: [visit], goal: "the facts" } })}\n</tool_call>`
    : `<answer>\n${answer ?? ""}\n</answer>`;
  return `<think>\nI weigh what there is.\n</think>\n<report>\nPlan ${plan}, round ${round}. ${report}\n</report>\n${move}`;
}

function shownIn(prompt: string): Shown {
  const lanes = new Map<number, number>();
  for (const [, lane, plan] of prompt.matchAll(/^Researcher (\d+)[^\n]*\n<report>\nPlan (\d+),/gm)) lanes.set(Number(plan), Number(lane));
  return {
    laneOf: (plan) => lanes.get(plan) ?? 0,
    sourceOf: (path) => Number(new RegExp(`^\\[(\\d+)\\] [^\\n]*${path} \\(read by`, "m").exec(prompt)?.[1] ?? 0),
  };
}
