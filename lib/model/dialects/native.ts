import type { Dialect, ForeseenValue, SpokenDelta, Turn, TurnReader } from "#lib/model/model.ts";
import { argumentsOrProblem, readArguments } from "./arguments-or-problem.ts";
import { callsInText } from "./calls-in-text.ts";
import { completionTokens } from "./completion-tokens.ts";
import { foreseeValues } from "./foresee-values.ts";
import { readHarmony } from "./harmony.ts";
import { nativePrompt } from "./native-prompt.ts";
import { noMove } from "./no-move.ts";

import { splitter } from "./split-live.ts";
import { splitThought, trailingMove } from "./split-thought.ts";

/** The sampling that Qwen3, DeepSeek-R1 and GLM recommend for thinking models. */
const sampling = { temperature: 0.6, topP: 0.95 };

/**
 * Models that a server parses: tools are a field of the request, thought and calls fields of the answer, observations messages of the role
 * `tool`. What the server left in the text because a parser is missing or gave up is read there.
 */
export const native: Dialect = {
  systemPrompt: nativePrompt,
  request: (messages, card, tools) => ({
    messages,
    maxTokens: completionTokens(card.window),
    sampling,
    ...(tools.offered.length > 0 && { tools }), // an empty list is refused by vLLM since April 2026
  }),
  listen,
  forcedInstruction:
    "You have reached the limit of what this run may use, so no more tools can be called. Think again over everything above and write " +
    "the final response now: the most likely answer, and what remains unknown.",
};

interface NativeCall {
  id: string;
  name: string;
  arguments: string;
}

function listen(foresee?: (value: ForeseenValue) => void): TurnReader {
  const watched: (ReturnType<typeof foreseeValues> | undefined)[] = [];
  const watch = (index: number, fragment: { name: string; arguments: string }) => {
    if (!foresee) return;
    const call = watched[index] ?? foreseeValues(foresee);
    if (!watched[index]) call.push(`{"name": ${JSON.stringify(fragment.name)}, "arguments": `);
    watched[index] = call;
    call.push(fragment.arguments);
  };
  const split = splitter("answer");
  let content = "";
  let reasoning = "";
  const calls: NativeCall[] = [];
  return {
    push(delta: SpokenDelta) {
      switch (delta.kind) {
        case "reasoning":
          reasoning += delta.text;
          return [{ channel: "thought", text: delta.text }];
        case "text":
          content += delta.text;
          return split.push(delta.text);
        case "call": {
          const { id, name } = delta;
          const index = placeOf(calls, delta);
          const call = calls[index] ?? { id: "", name: "", arguments: "" };
          calls[index] = { id: call.id || id, name: call.name + name, arguments: call.arguments + delta.arguments };
          watch(index, delta);
          return [];
        }
        default:
          return delta satisfies never;
      }
    },
    end: (finishReason) => turnOf({ content: content.trim(), reasoning, calls: calls.filter(Boolean) }, finishReason),
  };
}

/** Where a fragment belongs: to the call at its index; but some servers number every call 0, or none, and then another id is another call. */
function placeOf(calls: NativeCall[], { index, id }: { index: number; id: string }): number {
  const there = calls[index]?.id ?? "";
  if (id === "" || there === "" || id === there) return index;
  const own = calls.findIndex((call) => call?.id === id);
  return own < 0 ? calls.length : own;
}

function turnOf(said: { content: string; reasoning: string; calls: NativeCall[] }, finishReason: string): Turn {
  const sent = said.calls.map((call, index) => ({ ...call, id: idOf(said.calls, index), arguments: replayed(call.arguments) }));
  const turn = { raw: said.content, native: { reasoning: said.reasoning, calls: sent } };
  const { thought, aside, calls, rest } = partsOf(said);
  if (calls.length > 0) return { ...turn, thought: paragraphs(thought, aside), move: { kind: "calls", calls } };
  const tagged = /<answer>([\s\S]*?)<\/answer>/.exec(rest)?.[1];
  const answer = (tagged ?? rest.replace(/^[\s\S]*<answer>/, "")).trim();
  // What was broken off is no answer, whatever it looks like; what ran into its token limit is one as far as it came.
  if (answer !== "" && (tagged !== undefined || finishReason !== "repetition"))
    return { ...turn, thought, move: { kind: "answer", text: answer } };
  return { ...turn, thought, move: { kind: "none", problem: noMove(finishReason, "Call a tool, or write the final response.") } };
}

/** Thought, calls and the rest, wherever the server left them. `aside` is what was said before the calls. */
function partsOf(said: { content: string; reasoning: string; calls: NativeCall[] }) {
  const harmony = readHarmony(said.content);
  if (harmony && said.calls.length === 0)
    return {
      thought: paragraphs(said.reasoning, harmony.reasoning),
      aside: harmony.content.trim(),
      calls: harmony.calls,
      rest: harmony.content,
    };
  // Without a tag of a thought nothing is one: what stands before a call is told apart with the call.
  const { thought: inText, rest } = /<\/?think>/.test(said.content) ? splitThought(said.content) : { thought: "", rest: said.content };
  const sentApart = said.reasoning.trim();
  const thought = inText === sentApart ? inText : paragraphs(sentApart, inText); // some servers send it both ways
  if (said.calls.length > 0)
    return { thought, aside: rest.trim(), calls: said.calls.map((call) => argumentsOrProblem(call.name, call.arguments)), rest };
  const left = callsInText(rest);
  if (left) return { thought, aside: left.before, calls: left.calls, rest };
  // A parser of thoughts that waits for </think> takes the call of a model that never writes it for a part of the thought.
  const end = rest.trim() === "" ? trailingMove(sentApart) : -1;
  const swallowed = end < 0 ? null : callsInText(sentApart.slice(end));
  return swallowed
    ? { thought: sentApart.slice(0, end).trim(), aside: "", calls: swallowed.calls, rest }
    : { thought, aside: "", calls: [], rest };
}

const paragraphs = (...texts: string[]) =>
  texts
    .map((text) => text.trim())
    .filter(Boolean)
    .join("\n\n");

/** The server's own id, which its template may check; ours where it gave none, or the same one twice. */
const idOf = (calls: NativeCall[], index: number): string => {
  const id = calls[index]?.id ?? "";
  return id === "" || calls.findIndex((call) => call.id === id) < index ? `call-${index + 1}` : id;
};

/** Arguments as they are sent back: servers parse them again, and refuse the whole conversation for one that is no JSON object. */
const replayed = (text: string): string => (isStrictObject(text) ? text : JSON.stringify(readArguments(text) ?? {}));

function isStrictObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
