import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";
import type { Page, RankedSentence } from "./rank-sentences.ts";

/** Only sentences this near to the best one may lend their weight. */
const nearBest = 0.5;
/** What a page gets of the sentence that names it. */
const lent = 0.5;
/** How the lent weight is spread: all of it on the page's opening, less on what stands further down. */
const furtherDown = 0.8;

/**
 * Raises the sentences of pages that a good sentence of another page names by title. The second half of a two-step answer stands
 * there, often without one word of the question.
 */
export function followNames(ranked: readonly RankedSentence[], pages: readonly Page[]): RankedSentence[] {
  const top = ranked[0]?.score ?? 0;
  const naming = ranked
    .filter(({ score }) => top > 0 && score >= top * nearBest)
    .map(({ n, text, score }) => ({ n, score, words: wordsOf(text) }));
  const loan = new Map(pages.map((page) => [page.n, lent * strongestNaming(page, naming)]));
  const raised = ranked.map((sentence) => {
    const extra = loan.get(sentence.n) ?? 0;
    return extra === 0 ? sentence : { ...sentence, score: sentence.score + extra * (sentence.place === 0 ? 1 : furtherDown) };
  });
  return raised.sort((one, other) => other.score - one.score || one.n - other.n || one.place - other.place);
}

function strongestNaming(page: Page, naming: { n: number; score: number; words: string }[]): number {
  const title = wordsOf(page.title.replace(/\s*[（(][^)）]*[)）]\s*$/, "").replace(/,.*$/, ""));
  if (title.trim().length < 3) return 0;
  return Math.max(0, ...naming.filter(({ n, words }) => n !== page.n && words.includes(title)).map(({ score }) => score));
}

/** Words between spaces, so that a title is only found as whole words. */
const wordsOf = (text: string) =>
  ` ${searchTokens(text)
    .filter((token) => !stopTokens.has(token))
    .join(" ")} `;
