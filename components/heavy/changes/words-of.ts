const asian = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const word = new RegExp(String.raw`${asian}|[[\p{L}\p{N}]--${asian}]+`, "gv");

/** The words of a text, in lower case; where a script writes none, its characters. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(word) ?? [];

/** The share of words that two texts have in common, 0 to 1. */
export function likenessOf(one: readonly string[], other: readonly string[]): number {
  if (one.length + other.length === 0) return 1;
  const left = new Map<string, number>();
  for (const each of one) left.set(each, (left.get(each) ?? 0) + 1);
  let shared = 0;
  for (const each of other) {
    const count = left.get(each) ?? 0;
    if (count === 0) continue;
    shared += 1;
    left.set(each, count - 1);
  }
  return (2 * shared) / (one.length + other.length);
}
