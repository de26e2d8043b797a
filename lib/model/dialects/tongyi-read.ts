import type { StepMove } from "#lib/domain/event.ts";
import type { Turn } from "#lib/model/model.ts";
import { noMove } from "./no-move.ts";
import { readCalls } from "./read-calls.ts";
import { splitThought } from "./split-thought.ts";

/**
 * Reads a finished turn of the text protocol. Only what follows the thought decides; an answer beats a call in the same turn; of several
 * calls the first counts, as the model was trained. An observation the model invented for itself is cut off before anything is read.
 */
export function readTurn(text: string, finishReason: string): Turn {
  const invented = text.indexOf("<tool_response>");
  const raw = (invented < 0 ? text : text.slice(0, invented)).trim();
  const { thought, rest } = splitThought(raw);
  return { raw, thought, move: moveOf(rest, finishReason) };
}

function moveOf(rest: string, finishReason: string): StepMove {
  const answer = /<answer>([\s\S]*?)<\/answer>/.exec(rest)?.[1];
  if (answer !== undefined) return { kind: "answer", text: answer.trim() };
  const [call] = readCalls(rest);
  if (call) return "problem" in call ? { kind: "unreadable", problem: call.problem } : { kind: "calls", calls: [call] };
  // Cut off at the token limit, or the closing tag was forgotten: an answer is shown as far as it came.
  const open = rest.indexOf("<answer>");
  const cut = open < 0 ? "" : rest.slice(open + "<answer>".length).trim();
  if (cut !== "") return { kind: "answer", text: cut };
  return {
    kind: "none",
    problem: noMove(finishReason, "Call a tool inside <tool_call></tool_call>, or give the final response inside <answer></answer>."),
  };
}
