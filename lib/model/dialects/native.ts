import type { AskedCall } from "#lib/domain/event.ts";
import type { Dialect, SpokenDelta, Turn, TurnReader } from "#lib/model/model.ts";
import { nativePrompt } from "./native-prompt.ts";
import { noMove } from "./no-move.ts";
import { readArguments, readCalls } from "./read-calls.ts";
import { splitter } from "./split-live.ts";
import { splitThought } from "./split-thought.ts";

/** The sampling that Qwen3, DeepSeek-R1 and GLM recommend for thinking models. */
const sampling = { temperature: 0.6, topP: 0.95 };
const maxTokens = 10_000;

/**
 * Models that a server parses: tools are a field of the request, thought and calls fields of the answer, observations messages of the role
 * `tool`. What the server left in the text because a parser is missing or gave up is read there.
 */
export const native: Dialect = {
  systemPrompt: nativePrompt,
  request: (messages, card, tools) => ({
    messages,
    maxTokens: card.window ? Math.min(maxTokens, Math.floor(card.window / 4)) : maxTokens,
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

function listen(): TurnReader {
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
          const call = calls[delta.index] ?? { id: "", name: "", arguments: "" };
          const { id, name } = delta;
          calls[delta.index] = { id: call.id || id, name: call.name + name, arguments: call.arguments + delta.arguments };
          return [];
        }
        default:
          return delta satisfies never;
      }
    },
    end: (finishReason) => turnOf({ content: content.trim(), reasoning, calls: calls.filter(Boolean) }, finishReason),
  };
}

function turnOf(said: { content: string; reasoning: string; calls: NativeCall[] }, finishReason: string): Turn {
  const { content: raw, reasoning } = said;
  const { thought: inText, rest } = splitThought(raw);
  const thought = [reasoning.trim(), inText].filter(Boolean).join("\n\n");
  const asked = said.calls.map(askedOf);
  const sent = said.calls.map((call, index) => ({ ...call, id: idOf(said.calls, index), arguments: replayed(call.arguments) }));
  const turn = { raw, native: { reasoning, calls: sent } };
  const spoken = asked.length > 0 ? asked : readCalls(rest);
  if (spoken.length > 0) {
    const aside = (rest.split("<tool_call>")[0] ?? "").trim();
    return { ...turn, thought: [thought, aside].filter(Boolean).join("\n\n"), move: { kind: "calls", calls: spoken } };
  }
  const answer = (/<answer>([\s\S]*?)(?:<\/answer>|$)/.exec(rest)?.[1] ?? rest).trim();
  if (answer !== "") return { ...turn, thought, move: { kind: "answer", text: answer } };
  return { ...turn, thought, move: { kind: "none", problem: noMove(finishReason, "Call a tool, or write the final response.") } };
}

function askedOf(call: NativeCall): AskedCall {
  if (call.name === "") return { tool: "", problem: "Error: The tool call has no name." };
  const given = readArguments(call.arguments);
  if (given) return { tool: call.name, arguments: given };
  return {
    tool: call.name,
    problem: `Error: The arguments of ${call.name} are not a JSON object. They were: ${call.arguments.slice(0, 500)}`,
  };
}

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
