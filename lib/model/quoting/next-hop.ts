import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";
import { namedPhrases } from "./named-phrases.ts";
import type { RankedSentence } from "./rank-sentences.ts";
import type { Conversation } from "./read-conversation.ts";
import { termWeights } from "./term-weights.ts";

const sentencesRead = 8;
const mostQueries = 4;

/**
 * What to search for next: names that the best sentences bring up and that neither the question nor an earlier query holds. The
 * answer to a question in two steps stands on the page of such a name. With it goes what of the question is still uncovered.
 */
export function nextHop(
  conversation: Conversation,
  ranked: readonly RankedSentence[],
  { titles, sample }: { titles: readonly string[]; sample: number },
): string[] {
  const known = [conversation.question, ...conversation.queries, ...titles].map(keyOf);
  const candidates = new Map<string, { phrase: string; score: number }>();
  ranked.slice(0, sentencesRead).forEach((sentence) => {
    for (const phrase of namedPhrases(sentence.text)) {
      const key = keyOf(phrase);
      if (known.some((other) => containsWords(other, key))) continue;
      const before = candidates.get(key);
      candidates.set(key, { phrase: before?.phrase ?? phrase, score: (before?.score ?? 0) + sentence.score * sizeOf(key) });
    }
  });
  const best = ofLane(
    [...candidates.values()].sort((one, other) => other.score - one.score),
    sample,
  );
  const open = uncovered(conversation.question, ranked);
  const [top] = best;
  return [...best.map(({ phrase }) => phrase), ...(top && open.length > 0 ? [`${top.phrase} ${open.join(" ")}`] : [])];
}

/** Lanes take turns at the names: the first the best ones, the next one those behind them; where these end, the best again. */
function ofLane<T>(names: readonly T[], sample: number): T[] {
  const most = mostQueries - 1;
  const start = ((sample - 1) * most) % Math.max(1, Math.ceil(names.length / most) * most);
  return [...names.slice(start, start + most), ...names.slice(0, start)].slice(0, most);
}

/** The words of the question that no good sentence has. */
export function uncovered(question: string, sentences: readonly { covered: string[] }[]): string[] {
  const covered = new Set(sentences.slice(0, sentencesRead).flatMap((sentence) => sentence.covered));
  return [...termWeights(question)].filter(([token, weight]) => weight >= 0.5 && !covered.has(token)).map(([token]) => token);
}

const keyOf = (text: string) =>
  searchTokens(text)
    .filter((token) => !stopTokens.has(token))
    .join(" ");
const containsWords = (text: string, words: string) => ` ${text} `.includes(` ${words} `);
/** A name of two words is somebody; a single one may be any word that began a sentence. */
const sizeOf = (key: string) => (key.includes(" ") ? 1 : 0.7);
