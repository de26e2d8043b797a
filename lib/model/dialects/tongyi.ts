import type { Dialect } from "#lib/model/model.ts";
import { toolPrompt } from "./tongyi-prompt.ts";
import { readTurn } from "./tongyi-read.ts";
import { splitter } from "./tongyi-split.ts";

/** Upstream's stop strings: without them the model writes its own observations. */
const stop = ["\n<tool_response>", "<tool_response>"];

/** Upstream's sampling: temperature of the technical report, the rest of its inference code. */
const sampling = { temperature: 0.85, topP: 0.95, presencePenalty: 1.1 };
const maxTokens = 10_000;

/**
 * The text protocol of Tongyi DeepResearch: thinking, calls and the answer are tags in `content`, observations are user messages.
 * The server runs without reasoning or tool parser.
 */
export const tongyi: Dialect = {
  systemPrompt: toolPrompt,
  request: (messages, card) => ({
    messages,
    maxTokens: card.window ? Math.min(maxTokens, Math.floor(card.window / 4)) : maxTokens,
    sampling,
    stop,
  }),
  read: readTurn,
  splitter,
  forcedInstruction:
    "You have reached the limit of what this run may use, so no more tools can be called. Stop calling tools. " +
    "Think again over everything above and give the most likely answer, in this form:\n" +
    "<think>your final thinking</think>\n<answer>your answer</answer>",
};
