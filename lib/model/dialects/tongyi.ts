import type { Dialect, ForeseenValue, SpokenDelta, TurnReader } from "#lib/model/model.ts";
import { completionTokens } from "./completion-tokens.ts";
import { foreseeValues } from "./foresee-values.ts";
import { splitter } from "./split-live.ts";
import { toolPrompt } from "./tongyi-prompt.ts";
import { readTurn } from "./tongyi-read.ts";

/** Upstream's stop strings: without them the model writes its own observations. */
const stop = ["\n<tool_response>", "<tool_response>"];

/** Upstream's sampling: temperature of the technical report, the rest of its inference code. */
const sampling = { temperature: 0.85, topP: 0.95, presencePenalty: 1.1 };

/**
 * The text protocol of Tongyi DeepResearch: thinking, calls and the answer are tags in `content`, observations are user messages.
 * The server runs without reasoning or tool parser.
 */
export const tongyi: Dialect = {
  systemPrompt: toolPrompt,
  request: (messages, card) => ({
    messages,
    maxTokens: completionTokens(card.window),
    sampling,
    stop,
  }),
  listen,
  forcedInstruction:
    "You have reached the limit of what this run may use, so no more tools can be called. Stop calling tools. " +
    "Think again over everything above and give the most likely answer, in this form:\n" +
    "<think>your final thinking</think>\n<answer>your answer</answer>",
};

function listen(foresee?: (value: ForeseenValue) => void): TurnReader {
  const inTags = backIntoTags();
  const split = splitter("thought", foresee && foreseeInTags(foresee));
  let raw = "";
  const take = (text: string) => {
    raw += text;
    return split.push(text);
  };
  return {
    push: (delta) => take(inTags.push(delta)),
    end(finishReason) {
      take(inTags.end());
      return readTurn(raw, finishReason);
    },
  };
}

/** Each `<tool_call>` is a call of its own, whatever became of the one before. */
function foreseeInTags(foresee: (value: ForeseenValue) => void): (hidden: string) => void {
  let call: ReturnType<typeof foreseeValues> | null = null;
  return (hidden) => {
    if (hidden === "<tool_call>") call = foreseeValues(foresee);
    else if (hidden === "</tool_call>") call = null;
    else call?.push(hidden);
  };
}

/** A server with parsers sends thought and calls apart; they are put back into tags, so that the turn reads, and is sent back, as the model wrote it. */
function backIntoTags() {
  let inThought = false;
  const calls: { name: string; arguments: string }[] = [];
  const leaveThought = () => {
    const tag = inThought ? "\n</think>\n" : "";
    inThought = false;
    return tag;
  };
  return {
    push(delta: SpokenDelta): string {
      if (delta.kind === "text") return leaveThought() + delta.text;
      if (delta.kind === "reasoning") {
        const tag = inThought ? "" : "<think>\n";
        inThought = true;
        return tag + delta.text;
      }
      const call = calls[delta.index] ?? { name: "", arguments: "" };
      calls[delta.index] = { name: call.name + delta.name, arguments: call.arguments + delta.arguments };
      return "";
    },
    end(): string {
      const texts = calls.map(
        (call) => `\n<tool_call>\n{"name": ${JSON.stringify(call.name)}, "arguments": ${call.arguments || "{}"}}\n</tool_call>`,
      );
      return leaveThought() + texts.join("");
    },
  };
}
