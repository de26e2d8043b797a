import { isSentence, missing } from "#lib/model/quoting/compose-answer.ts";
import { extractByQuoting } from "#lib/model/quoting/extract.ts";
import { quoteLine } from "#lib/model/quoting/quote-line.ts";
import { rankSentences } from "#lib/model/quoting/rank-sentences.ts";
import { wordingFor } from "#lib/model/quoting/wording.ts";

const mostQuotes = 4;
/** A sentence with less of the question's weight than this says nothing of it. */
const leastScore = 0.15;
const leastShare = 0.5;

/** The sentences that come nearest to a question, quoted with the numbers of their sources, and the words of the question that none of them has. */
export function quoteAnswer(question: string, sources: readonly { n: number; title: string; url: string; text: string }[]): string {
  const wording = wordingFor(question);
  const pages = sources.map((source) => ({ ...source, text: extractByQuoting(source, question).evidence }));
  const ranked = rankSentences(question, pages).filter(isSentence);
  const least = Math.max(leastScore, leastShare * (ranked[0]?.score ?? 0));
  const seen = new Set<string>();
  const best = ranked.filter(({ score, text }) => score >= least && !seen.has(text) && seen.add(text)).slice(0, mostQuotes);
  if (best.length === 0) return wording.nothing;
  return [best.map(({ text, n }) => quoteLine(text, n)).join("\n"), ...missing(question, best, wording)].join("\n\n");
}
