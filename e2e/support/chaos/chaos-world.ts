import { createHash } from "node:crypto";
import { askedPairs, askedPart } from "#e2e/support/writing-model.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { wait } from "#lib/std/wait.ts";
import { type LoopbackServer, listen, readBody } from "../servers/listen.ts";
import type { Call } from "./history.ts";

export interface ChaosWorld extends LoopbackServer {
  /** What was asked on behalf of a run, by its id. */
  modelCalls(runId: string): readonly Call[];
  toolCalls(runId: string): readonly Call[];
}

/** The body of `POST /model`. `sample` is the number of a lane of a Heavy run, 0 where there is one lane. */
export interface ModelQuestion {
  runId: string;
  messages: ChatMessage[];
  sample: number;
}

/** The body of `POST /tool`. */
export interface ToolQuestion {
  runId: string;
  callId: string;
}

const fact = "The harbour of Velsund was dredged to nine metres in 1911.";
/** What a lane says in its steps. A call names itself in its arguments, so that whoever carries it out can tell which it is. */
const turnsOf = (lane: string) => [
  `<think>\nI search for the depth of it.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["${lane}-1"]}}\n</tool_call>`,
  `<think>\nI read the page that was found.\n</think>\n<tool_call>\n{"name": "visit", "arguments": {"url": "https://site.example/a", "goal": "${lane}-2"}}\n</tool_call>`,
  `<think>\nThat is it, and it is all there is to be said of it.\n</think>\n<answer>\n${fact} [1]\n</answer>`,
];
const page = `Velsund is a town in the north. ${fact} It took four years. ${"The weather was bad. ".repeat(20)}`;

/**
 * A model and tools over HTTP for a worker that is killed at any moment: what is said depends on the prompt alone, so that whoever asks again
 * hears the same, and every call is written down where no kill reaches. Text comes in pieces, `pieceMs` apart, one line of JSON each.
 */
export async function startChaosWorld({ pieceMs }: { pieceMs: number }): Promise<ChaosWorld> {
  const models = new Map<string, Call[]>();
  const tools = new Map<string, Call[]>();
  const note = (calls: Map<string, Call[]>, runId: string, call: Omit<Call, "startedAt" | "endedAt">): Call => {
    const noted: Call = { ...call, startedAt: Date.now(), endedAt: null };
    calls.set(runId, [...(calls.get(runId) ?? []), noted]);
    return noted;
  };
  const server = await listen(async (request, response) => {
    const body = JSON.parse(await readBody(request));
    const isModel = request.url === "/model";
    const call = isModel ? note(models, body.runId, placeOf(body)) : note(tools, body.runId, { lane: "", step: null, key: body.callId });
    response.on("close", () => {
      call.endedAt ??= Date.now();
    });
    const pieces = isModel ? (lineFor(body).match(/[\s\S]{1,24}/g) ?? []) : [page];
    for (const piece of pieces) {
      await wait(pieceMs);
      if (response.destroyed) return;
      response.write(`${JSON.stringify(piece)}\n`);
    }
    response.end();
  });
  return { ...server, modelCalls: (runId) => models.get(runId) ?? [], toolCalls: (runId) => tools.get(runId) ?? [] };
}

function placeOf({ messages, sample }: ModelQuestion): Omit<Call, "startedAt" | "endedAt"> {
  const key = createHash("sha256")
    .update(JSON.stringify([sample, messages]))
    .digest("hex");
  if (askedPairs(messages) || askedPart(messages)) return { lane: "reporting", step: null, key };
  if (sample > 0) return { lane: `researcher-${sample}`, step: roundOf(messages) + 1, key };
  if (isSynthesis(messages)) return { lane: "synthesis", step: null, key };
  return { lane: "main", step: messages.filter((message) => message.role === "assistant").length + 1, key };
}

const isSynthesis = (messages: readonly ChatMessage[]) => !messages[0]?.content.includes("<tools>");
/** How many rounds a lane of a Heavy run has behind it: its report, which every prompt holds, begins with that. */
const roundOf = (messages: readonly ChatMessage[]) => Number(/<report>\nRound (\d+)/.exec(messages[1]?.content ?? "")?.[1] ?? 0);

function lineFor({ messages, sample }: ModelQuestion): string {
  const pairs = askedPairs(messages);
  if (pairs) return `<think>\nI compare.\n</think>\n${pairs.map(({ id }) => `${id}: supported - it says so`).join("\n")}`;
  const part = askedPart(messages);
  if (part) return `<think>\nI write.\n</think>\n<report>\nForm: short\nIt was dredged to nine metres in the year 1911 [p1].\n</report>`;
  if (sample === 0 && isSynthesis(messages)) return `<think>\nThey agree.\n</think>\n<answer>\n${fact} [1]\n</answer>`;
  const done = sample > 0 ? roundOf(messages) : messages.filter((message) => message.role === "assistant").length;
  const turns = turnsOf(sample > 0 ? `researcher-${sample}` : "main");
  const turn = turns[Math.min(done, turns.length - 1)] ?? "";
  return sample > 0 ? turn.replace("</think>\n", `</think>\n<report>\nRound ${done + 1}.\n</report>\n`) : turn;
}
