import { compressSystem, museSystem } from "#lib/domain/muse-rules.ts";
import { completionServer } from "#lib/model/client.ts";
import { native } from "#lib/model/dialects/native.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import type { Model } from "#lib/model/model.ts";
import { among } from "./servers/fake-model/logprobs.ts";
import { answerTurn, callTurn, type PolicyCall, type PolicyDialect } from "./servers/fake-model/tongyi-turn.ts";
import { type ChatRequest, type FakeModel, type Reply, type Script, startFakeModel } from "./servers/fake-model.ts";

/** The town of each page; what a lane says of it is a sentence of the page. */
export const towns: Record<string, string> = { a: "Velsund", b: "Norhavn", c: "Brennholm", d: "Hellvik", e: "Tromvik" };
export const factOf = (page: string, mark = "") => `The harbour of ${towns[page]} was dredged to nine metres in 1911${mark}.`;
export const addressOf = (page: string) => `https://site.example/${page}`;

/** A turn of a lane: its calls or its answer, and of how many equally likely ones the words of its thought and of its call are. */
export interface MuseTurn {
  does: PolicyCall | PolicyCall[] | string;
  unsure?: { thought: number; call: number };
}

export const search = (query: string): PolicyCall => ({ name: "search", arguments: { query: [query] } });
export const visit = (page: string): PolicyCall => ({ name: "visit", arguments: { url: addressOf(page), goal: "depth" } });
const said = (...facts: [page: string, n: number][]) => facts.map(([page, n]) => factOf(page, ` [${n}]`)).join("\n\n");

/**
 * What the lanes of a run with partial rollouts do, by name. The first one is least sure of its calls in step 3 and then in step 2; of what it
 * thinks it is least sure in step 1. Its branches go on elsewhere. Each counts its sources for itself.
 */
export const museTurns: Record<string, MuseTurn> = {
  "L1.1": { does: search("harbours"), unsure: { thought: 16, call: 1 } },
  "L1.2": { does: visit("a"), unsure: { thought: 1, call: 4 } },
  "L1.3": { does: search("more harbours"), unsure: { thought: 1, call: 8 } },
  "L1.4": { does: visit("b"), unsure: { thought: 1, call: 2 } },
  "L1.5": { does: said(["a", 1], ["b", 2]) },
  "L2.3": { does: visit("c") },
  "L2.4": { does: said(["a", 1], ["c", 2]) },
  "L3.2": { does: visit("d") },
  "L3.3": { does: said(["d", 1]) },
  "L4.1": { does: visit("e") },
  "L4.2": { does: said(["e", 1]) },
};

/** What follows on the turn that was said last. Nothing on the wire names a lane, but the first one asks for probabilities. */
function nextOf(last: string | undefined, first: string, { logprobs }: ChatRequest): string {
  if (last === undefined) return first;
  if (!logprobs && last === "L1.1") return "L3.2";
  if (!logprobs && last === "L1.2") return "L2.3";
  const [lane = "", step] = last.split(".");
  return `${lane}.${Number(step) + 1}`;
}

/** Who is asked: a lane at work, a lane that reports on its record, or the aggregation. */
export type Asked = "lane" | "compress" | "aggregate";
export const askedIn = ({ messages }: ChatRequest): Asked => {
  if (messages[0]?.content === compressSystem) return "compress";
  return messages[0]?.content === museSystem ? "aggregate" : "lane";
};

/** The name of the turn that an assistant's message is. */
const labelOf = ({ content, reasoning }: ChatRequest["messages"][number]) => /Turn (L\d\.\d)/.exec(`${reasoning ?? ""}${content}`)?.[1];
export const labelsIn = ({ messages }: ChatRequest) => messages.filter(({ role }) => role === "assistant").map(labelOf);

const facts = /The harbour of \w+ was dredged to nine metres in 1911(?: \[\d+\])?\./g;

/**
 * Plays the lanes, their reports and the aggregation: a report repeats what the lane answered, the aggregation what all of them did, each fact
 * once, with the marks as they stand in the prompt. Everything is read off the prompt, so that a resumed run goes on where it stopped.
 */
export function museScript(dialect: PolicyDialect, first: string, turns = museTurns): Script {
  return (request) => {
    const prompt = request.messages[1]?.content ?? "";
    if (askedIn(request) === "compress") {
      const record = prompt.slice(prompt.indexOf("\n\nRecord:\n"), prompt.lastIndexOf("\n\nSources:\n"));
      const answer = record.slice(record.lastIndexOf("\n\nTurn ")).match(facts) ?? [];
      return section(dialect, "report", `## Final reasoning\n\n${answer.join("\n\n")}`);
    }
    if (askedIn(request) === "aggregate") {
      const found = [...prompt.matchAll(/^<answer>\n([\s\S]*?)\n<\/answer>$/gm)].flatMap(([, answer = ""]) => answer.match(facts) ?? []);
      const byTown = new Map(found.toReversed().map((fact) => [/of (\w+)/.exec(fact)?.[1], fact]));
      const answer = [...new Set(found.map((fact) => byTown.get(/of (\w+)/.exec(fact)?.[1])))].join("\n\n");
      return section(dialect, "findings", '[{"finding": "All are nine metres deep.", "lanes": {"1": "agrees"}}]', answer);
    }
    return turnReply(dialect, nextOf(labelsIn(request).at(-1), first, request), turns);
  };
}

function turnReply(dialect: PolicyDialect, name: string, turns: Record<string, MuseTurn>): Reply {
  const { does, unsure } = turns[name] ?? { does: `There is no turn ${name}.` };
  if (typeof does === "string") return answerTurn(dialect, `Turn ${name}.`, `\n${does}\n`);
  const reply = callTurn(dialect, `Turn ${name}.`, [does].flat());
  if (!unsure) return reply;
  let inCall = dialect === "native"; // where it is taken apart only the whole turn can be told
  return {
    ...reply,
    alternatives(token) {
      inCall ||= token === "<tool_call>";
      return among(inCall ? unsure.call : unsure.thought);
    },
  };
}

/** A turn that has a section, and an answer where there is one. */
function section(dialect: PolicyDialect, name: "report" | "findings", text: string, answer?: string): Reply {
  const tagged = `<${name}>\n${text}\n</${name}>`;
  if (dialect === "native") return { kind: "turn", reasoning: "I compare.", content: [tagged, answer ?? []].flat().join("\n") };
  const end = answer === undefined ? "" : `\n<answer>\n${answer}\n</answer>`;
  return { kind: "text", text: `<think>\nI compare.\n</think>\n${tagged}${end}` };
}

/** A model as a lane has it, over a server of its own. */
export interface Served {
  server: FakeModel;
  model: Model;
}
export async function serveMuse(dialect: PolicyDialect, script: Script): Promise<Served> {
  const parsers = dialect === "native" ? { toolParser: "hermes" as const, reasoningParser: true } : {};
  const server = await startFakeModel(script, { promptTokensDetails: true, ...parsers });
  const source = completionServer({ baseUrl: server.url, name: "fake" });
  return { server, model: { card: { dialect, name: "fake", window: 131_072 }, dialect: dialect === "native" ? native : tongyi, source } };
}
