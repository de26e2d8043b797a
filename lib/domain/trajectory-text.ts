import { cutEvenly, cutTo } from "#lib/std/cut-evenly.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { ChatMessage } from "./transcript.ts";

/** A turn of the model and what came back to it. */
interface Turn {
  said: string;
  response: string;
}

/** One turn may take so much of the room: a thought in circles must not leave nothing for the others. */
const mostOfTurn = 0.25;
/** Of a response at least this much is worth showing: the first lines, and that the rest was cut. */
const leastResponse = 200;
const label = 20;

/**
 * A conversation as text of at most about so many tokens, without system prompt and question, for a prompt that reports on it: no tag in it is
 * one any more. When it is too long its responses are cut first, evenly; then turns in the middle are left out, so that the beginning, where
 * the question was taken apart, and the end, where it was answered, stay.
 */
export function trajectoryText(messages: readonly ChatMessage[], tokens: number): string {
  const turns = turnsOf(messages).map(({ said, response }) => ({ said: cutTo(said, tokens * mostOfTurn), response }));
  const kept = keptOf(turns, tokens);
  const spent = kept.reduce((sum, index) => sum + roughTokens(turns[index]?.said ?? "") + label, 0);
  const responses = cutEvenly(
    kept.map((index) => turns[index]?.response ?? ""),
    Math.max(0, tokens - spent),
  );
  const texts = kept.map((index, position) => {
    const gap = index - (kept[position - 1] ?? -1) - 1;
    const response = responses[position] === "" ? [] : [`Response ${index + 1}:\n${responses[position]}`];
    return [...(gap > 0 ? [`(${gap} turns are left out here)`] : []), `Turn ${index + 1}:\n${turns[index]?.said}`, ...response].join(
      "\n\n",
    );
  });
  return texts.join("\n\n");
}

function turnsOf(messages: readonly ChatMessage[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === "assistant") turns.push({ said: saidIn(message), response: "" });
    else if (last) last.response = [last.response, observed(message.content)].filter(Boolean).join("\n\n");
  }
  return turns;
}

function saidIn({ content, native }: Extract<ChatMessage, { role: "assistant" }>): string {
  const calls = native?.calls.map((call) => `${call.name} ${call.arguments}`) ?? [];
  return withoutControlTags(
    [native?.reasoning ?? "", content, ...calls]
      .map((part) => part.trim())
      .filter(Boolean)
      .join("\n"),
  );
}

/** Without the tags around it, which say nothing here. */
const observed = (content: string) => withoutControlTags(content.replace(/^<tool_response>\n/, "").replace(/\n<\/tool_response>$/, ""));

/** The turns that have room, from both ends, the newest first: in order, by index. The two ends are there in any case. */
function keptOf(turns: readonly Turn[], tokens: number): number[] {
  const kept: number[] = [];
  let left = tokens;
  for (let low = 0, high = turns.length - 1; low <= high; ) {
    const index = kept.length % 2 === 0 ? high-- : low++;
    const { said = "", response = "" } = turns[index] ?? {};
    left -= roughTokens(said) + Math.min(roughTokens(response), leastResponse) + label;
    if (left < 0 && kept.length >= 2) break;
    kept.push(index);
  }
  return kept.sort((one, other) => one - other);
}
