import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";

const words = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’.,-]*/gu;
const questionCharacters = /[什么哪谁几何怎吗呢吧]|多少/u;
const grammarCharacters = /[的了是在有和与及或被把为个些这那其之于以也都而のはがをにともで]|から|まで|です|ます/u;

/**
 * What each token of a question is worth when a text is judged by it: names and numbers most, ordinary words less, grammar nothing.
 * Where a question has nothing but grammar, every token counts the same.
 */
export function termWeights(question: string): Map<string, number> {
  const weights = new Map<string, number>();
  const first = question.search(/\p{L}|\p{N}/u);
  for (const match of question.matchAll(words)) {
    const isName = /^\p{Lu}/u.test(match[0]) && match.index > first;
    for (const token of searchTokens(match[0])) {
      const weight = weightOf(token) * (isName || /\d/.test(token) ? 1.5 : 1);
      if (weight > 0) weights.set(token, Math.max(weights.get(token) ?? 0, weight));
    }
  }
  if (weights.size === 0) for (const token of searchTokens(question)) weights.set(token, 1);
  return weights;
}

function weightOf(token: string): number {
  if (stopTokens.has(token) || questionCharacters.test(token)) return 0;
  if (!/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(token)) return token.length === 1 && !/\d/.test(token) ? 0.3 : 1;
  return grammarCharacters.test(token) ? 0.2 : 0.7;
}
