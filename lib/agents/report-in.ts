import type { Spoken } from "./ask-model.ts";

/**
 * What stands between the tags after the thought; one that ran into its token limit counts as far as it came. Of a turn that came to its end
 * and calls nothing, all that was said is the report where the tags are missing. One that went in circles is none.
 */
export function reportIn({ turn: { raw, move }, finishReason }: Spoken): string | null {
  const said = raw.slice(raw.lastIndexOf("</think>") < 0 ? 0 : raw.lastIndexOf("</think>") + "</think>".length);
  if (finishReason === "repetition" || said.includes("<think>")) return null;
  const tagged = /<report>([\s\S]*?)(?:<\/report>|$)/.exec(said)?.[1]?.trim();
  if (tagged) return tagged;
  if (finishReason !== "stop" || move.kind === "calls" || move.kind === "unreadable") return null;
  return said.replace(/<\/?(?:report|answer)>/g, "").trim() || null;
}
