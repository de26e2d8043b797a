import { oneLine } from "#lib/std/one-line.ts";
import { isSentence } from "./compose-answer.ts";
import { followNames } from "./follow-names.ts";
import { type RankedSentence, rankSentences } from "./rank-sentences.ts";
import type { LaneQuote, SynthesisPrompt } from "./read-synthesis.ts";

/** A sentence that lanes quote: the same words are one, whichever copy of them a lane read. */
export interface SharedQuote {
  quote: string;
  text: string;
  lanes: number[];
  sources: number[];
  /** How many of the sources do not merely repeat another one's text. */
  independent: number;
  score: number;
  covered: string[];
}

/** The quoted sentences of all lanes, those that answer best first. `agreement`: the share by which the score of one rises that every lane quotes. */
export function sharedQuotes(prompt: SynthesisPrompt, agreement: number): SharedQuote[] {
  const scores = scoresOf(prompt);
  const shared = [...Map.groupBy(prompt.quotes, ({ text }) => oneLine(text)).entries()].map(([key, quotes]) => {
    const { quote = "", text = "" } = quotes[0] ?? {};
    const lanes = distinct(quotes.map(({ lane }) => lane));
    const sources = distinct(quotes.map(({ n }) => n));
    const independent = new Set(sources.map((n) => prompt.sources.get(n)?.original ?? n)).size;
    const { score = 0, covered = [] } = scores.get(key) ?? {};
    return { quote, text, lanes, sources, independent, covered, score: score * (1 + agreement * share(lanes, prompt)) };
  });
  return shared.sort((one, other) => other.score - one.score || (one.sources[0] ?? 0) - (other.sources[0] ?? 0));
}

/** The quotes are ranked among each other, as the sentences of the pages they come from. */
function scoresOf({ question, quotes, sources }: SynthesisPrompt): Map<string, RankedSentence> {
  const pages = [...Map.groupBy(quotes, ({ n }) => n).entries()].map(([n, own]) => ({
    n,
    url: sources.get(n)?.url ?? "",
    title: sources.get(n)?.title ?? "",
    text: distinct(own.map(({ text }: LaneQuote) => oneLine(text))).join("\n"),
  }));
  const ranked = followNames(rankSentences(question, pages), pages).filter(isSentence);
  return new Map(ranked.toReversed().map((sentence) => [oneLine(sentence.text), sentence]));
}

const share = (lanes: readonly number[], prompt: SynthesisPrompt) =>
  prompt.lanes.length > 1 ? (lanes.length - 1) / (prompt.lanes.length - 1) : 0;
const distinct = <T>(items: readonly T[]) => [...new Set(items)];
