import { roughTokens } from "./rough-tokens.ts";

/**
 * The beginning of each of some texts, so that together they have about so many tokens: those that are short stay whole, the others share what
 * is left. What was cut says so, in characters.
 */
export function cutEvenly(texts: readonly string[], tokens: number): string[] {
  const sizes = texts.map(roughTokens);
  let left = tokens;
  let among = texts.length;
  const share = new Map<number, number>();
  for (const [index, size] of [...sizes.entries()].toSorted(([, one], [, other]) => one - other)) {
    const fair = Math.max(0, Math.floor(left / among));
    share.set(index, fair);
    left -= Math.min(size, fair);
    among--;
  }
  return texts.map((text, index) => cutTo(text, share.get(index) ?? 0));
}

/** The beginning of a text that has about so many tokens, with a line that says how much of it this is. */
export function cutTo(text: string, tokens: number): string {
  const size = roughTokens(text);
  if (size <= tokens) return text;
  const note = (kept: number) =>
    `\n(cut: the first ${kept.toLocaleString("en")} of ${text.length.toLocaleString("en")} characters are shown)`;
  const room = Math.max(0, tokens - roughTokens(note(text.length)));
  let kept = Math.floor((text.length * room) / size);
  // Dense scripts may stand at the beginning: the share of the characters is then not the share of the tokens.
  while (kept > 0 && roughTokens(text.slice(0, kept)) > room) kept = Math.floor(kept * 0.9);
  // A character of two halves stays whole.
  if (/[\uD800-\uDBFF]/.test(text[kept - 1] ?? "")) kept--;
  return text.slice(0, kept) + note(kept);
}
