import type { Decision } from "./decide.ts";

/** What a turn ends with. */
export type Move = Decision["move"];

/** A part of a turn between tags of its own, between its thought and its move. */
export interface Section {
  name: "report" | "findings";
  text: string;
}

/** A turn of the dialect. Neither its thought nor its call holds what the dialect would take for a tag. */
export function turnText({ thought, section, move }: { thought: string; section?: Section; move?: Move }): string {
  const parts = [
    `<think>\n${thought.replaceAll("<", "‹")}\n</think>`,
    ...(section ? [`<${section.name}>\n${section.text}\n</${section.name}>`] : []),
    ...(move ? [moveText(move)] : []),
  ];
  return parts.join("\n");
}

function moveText(move: Move): string {
  if (move.kind === "answer") return `<answer>\n${move.text}\n</answer>`;
  const call =
    move.kind === "search"
      ? { name: "search", arguments: { query: move.queries } }
      : { name: "visit", arguments: { url: move.urls, goal: move.goal } };
  return `<tool_call>\n${escapedJson(call)}\n</tool_call>`;
}

/** JSON that cannot hold a tag. */
export const escapedJson = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");
