import type { Turn } from "#lib/model/model.ts";

/** The answer of a turn: what stands between the tags, or all that was said behind the thought where the tags are missing. Empty: there is none. */
export function answerIn({ raw, move }: Pick<Turn, "raw" | "move">): string {
  if (move.kind === "answer") return move.text;
  if (move.kind === "calls" || move.kind === "unreadable") return "";
  const end = raw.lastIndexOf("</think>");
  const said = end < 0 ? raw : raw.slice(end + "</think>".length);
  return said.includes("<think>") ? "" : said.replace(/<\/?(?:report|answer)>/g, "").trim();
}
