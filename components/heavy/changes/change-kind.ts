import { likenessOf, wordsOf } from "./words-of.ts";

/** `first`: nothing was there before. `rewritten`: so much changed that marks would cover the text. */
export type ChangeKind = "first" | "same" | "changed" | "rewritten";

/** With less of its words in common a text was written anew. */
const leastInCommon = 0.35;
/** Of a short text every change can be shown. */
const shortLength = 600;

export function changeKind(before: string | null, after: string): ChangeKind {
  const old = before?.trim() ?? "";
  if (old === "") return "first";
  if (old === after.trim()) return "same";
  if (old.length + after.length < shortLength) return "changed";
  return likenessOf(wordsOf(old), wordsOf(after)) < leastInCommon ? "rewritten" : "changed";
}
