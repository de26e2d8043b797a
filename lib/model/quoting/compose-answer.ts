import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";

import { followNames } from "./follow-names.ts";
import { escapeMarkup, quoteLine } from "./quote-line.ts";
import { type Page, type RankedSentence, rankSentences } from "./rank-sentences.ts";
import { termWeights } from "./term-weights.ts";
import { type Wording, wordingFor } from "./wording.ts";

const bestQuotes = 4;
const quotesPerSource = 3;
const mostSources = 7;
/** A source says something about the question when its best sentence has this much of the question's weight, */
const leastScore = 0.15;
/** and this much of what the best sentence of all has. */
const leastShare = 0.35;

/**
 * The report of the quoting model: the sentences that answer best, then what each further source says, then what was not found. Every
 * sentence is verbatim, in quotation marks, with the number of its source.
 */
export function composeAnswer(question: string, pages: readonly Page[], failures: readonly string[]): string {
  const wording = wordingFor(question);
  const direct = rankSentences(question, pages).filter(isSentence);
  const ranked = followNames(direct, pages);
  const best = withoutRepeats(direct.filter(({ score }) => score >= leastScore)).slice(0, bestQuotes);
  if (best.length === 0) return nothingFound(wording, pages, failures);
  const bySource = sourcesInOrder(ranked)
    .slice(0, mostSources)
    .map((n) => ({ n, quotes: quotesOf(n, ranked, best) }));
  const parts = [
    `## ${wording.best}`,
    best.map((sentence) => quoteLine(sentence.text, sentence.n)).join("\n"),
    ...section(
      wording.others,
      bySource.filter(({ quotes }) => quotes.length > 0).map(({ n, quotes }) => sourceBlock(n, quotes, pages, wording)),
    ),
    ...section(wording.missing, missing(question, [...best, ...bySource.flatMap(({ quotes }) => quotes)], wording)),
  ];
  return parts.join("\n\n");
}

const section = (heading: string, blocks: string[]) => (blocks.length > 0 ? [`## ${heading}`, ...blocks] : []);

function sourceBlock(n: number, quotes: RankedSentence[], pages: readonly Page[], wording: Wording): string {
  const title = pages.find((page) => page.n === n)?.title || wording.untitled(n);
  return `**${escapeMarkup(title)}**\n\n${quotes.map((sentence) => quoteLine(sentence.text, n)).join("\n")}`;
}

/** The sources by their best sentence, those that say nothing of the question left out. */
function sourcesInOrder(ranked: readonly RankedSentence[]): number[] {
  const least = Math.max(leastScore, leastShare * (ranked[0]?.score ?? 0));
  return [...new Set(ranked.filter(({ score }) => score >= least).map(({ n }) => n))];
}

/** What a source adds: its opening, which says what it is about, and its best sentences, in the order of the page. */
function quotesOf(n: number, ranked: readonly RankedSentence[], quoted: readonly RankedSentence[]): RankedSentence[] {
  const own = ranked.filter((sentence) => sentence.n === n);
  const opening = own.filter(({ place }) => place === 0);
  const chosen = withoutRepeats([...own.slice(0, quotesPerSource - 1), ...opening, ...own]).slice(0, quotesPerSource);
  return chosen.filter((sentence) => !quoted.some(({ text }) => text === sentence.text)).sort((one, other) => one.place - other.place);
}

/** A heading or a fragment of a table is no sentence to quote. */
export const isSentence = ({ text }: RankedSentence) =>
  !/^\s*(?:#{1,6}\s|\|?[\s:|-]+$|```)/.test(text) && searchTokens(text).length >= 4 && text.length <= 800;

function withoutRepeats(sentences: RankedSentence[]): RankedSentence[] {
  const seen = new Set<string>();
  return sentences.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** The words of the question, as it spells them, that no quoted sentence has: a sentence about them, or none. */
export function missing(question: string, quoted: readonly Pick<RankedSentence, "covered">[], wording: Wording): string[] {
  const covered = new Set(quoted.flatMap(({ covered }) => covered));
  const weights = termWeights(question);
  const words = question.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  const open = words.flatMap((word) => {
    const tokens = searchTokens(word).filter((token) => !stopTokens.has(token) && (weights.get(token) ?? 0) >= 0.5);
    return tokens.length === 0 || tokens.some((token) => covered.has(token))
      ? []
      : [word.length > 12 && tokens.length > 3 ? tokens.join(" ") : word];
  });
  return open.length === 0 ? [] : [wording.noWords([...new Set(open)].map((word) => `“${word}”`).join(", "))];
}

function nothingFound(wording: Wording, pages: readonly Page[], failures: readonly string[]): string {
  const reasons = [...new Set(failures)].slice(0, 10).map((reason) => reason.replace(/[[\]<>]/g, "\\$&"));
  const read = pages.slice(0, mostSources).flatMap((page) => {
    const [opening] = rankSentences(page.title || "?", [page])
      .filter(isSentence)
      .sort((one, other) => one.place - other.place);
    return opening ? [sourceBlock(page.n, [opening], pages, wording)] : [];
  });
  const parts = [wording.nothing, ...section(wording.others, read)];
  return [...parts, ...(reasons.length > 0 ? [wording.failed(reasons)] : [])].join("\n\n");
}
