import { searchTokens } from "#lib/std/search-tokens.ts";
import { sentences } from "#lib/std/sentences.ts";
import { answerCue } from "./answer-cue.ts";
import { termWeights } from "./term-weights.ts";

export interface Page {
  n: number;
  url: string;
  title: string;
  text: string;
}

export interface RankedSentence {
  n: number;
  /** Place within its page, from 0. */
  place: number;
  text: string;
  /** The question's tokens that stand in it. */
  covered: string[];
  /** 0 when it says nothing about the question; about 1 when it has every word of it. */
  score: number;
}

/** Beyond this a sentence is a list or a table, which matches everything and answers nothing. */
const comfortableLength = 400;

/** Every sentence of the pages with how well it answers, best first. The title of a page speaks for the pronouns of its sentences. */
export function rankSentences(question: string, pages: readonly Page[]): RankedSentence[] {
  const weights = termWeights(question);
  const units = pages.flatMap((page) => unitsOf(page).map((text, place) => ({ page, place, text, tokens: new Set(searchTokens(text)) })));
  const rarity = rarityOf([...weights.keys()], units);
  const worth = (token: string) => (weights.get(token) ?? 0) * (rarity.get(token) ?? 1);
  const total = [...weights.keys()].reduce((sum, token) => sum + worth(token), 0) || 1;
  const hasCue = answerCue(question);
  const ranked = units.map(({ page, place, text, tokens }) => {
    const title = new Set(searchTokens(page.title));
    const covered = [...weights.keys()].filter((token) => tokens.has(token));
    const implied = [...weights.keys()].filter((token) => !tokens.has(token) && title.has(token));
    const base = (sumOf(covered, worth) + 0.6 * sumOf(implied, worth)) / total;
    const cue = base > 0 && hasCue(text) ? 0.15 : 0;
    const lead = base > 0 && place === 0 ? 0.08 : 0;
    const long = text.length > comfortableLength ? 0.1 : 0;
    const bare = tokens.size < 4 ? 0.2 : 0;
    return { n: page.n, place, text, covered, score: Math.max(0, base + cue + lead - long - bare) };
  });
  return ranked.sort((one, other) => other.score - one.score || one.n - other.n || one.place - other.place);
}

/** Evidence comes a sentence a line; a line of another extractor may hold several. */
const unitsOf = (page: Page) => page.text.split("\n").flatMap((line) => sentences(line).map(({ start, end }) => line.slice(start, end)));

/** A word that stands in every sentence of what was read tells none of them apart. */
function rarityOf(tokens: string[], units: { tokens: ReadonlySet<string> }[]): Map<string, number> {
  const idf = (token: string) => Math.log(1 + (units.length + 1) / (1 + units.filter((unit) => unit.tokens.has(token)).length));
  const mean = tokens.reduce((sum, token) => sum + idf(token), 0) / (tokens.length || 1) || 1;
  return new Map(tokens.map((token) => [token, 0.4 + (0.6 * idf(token)) / mean]));
}

const sumOf = (tokens: string[], worth: (token: string) => number) => tokens.reduce((sum, token) => sum + worth(token), 0);
