import { oneLine } from "#lib/std/one-line.ts";
import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";
import { namedPhrases } from "./named-phrases.ts";

const mostQueries = 5;
const longestQuery = 300;
const grammar = /[的了是在有和与及或被把吗呢吧么什哪谁几何怎为个些这那其之于以，。？！、：；“”（）\s]+|多少/u;
/** Queries that a lane asks before the usual ones, */
const ownQueries = 3;
/** and how far apart they stand in the list of parts: neighbours there have most of their words in common. */
const apart = 5;
/** A run of fewer characters is a word. */
const shortestRun = 4;

/**
 * The first searches for a question: the question itself, what it names each apart, and its bare content words. Of several lanes the first asks
 * these; each further one begins with other parts of the question, so that they differ as long as it has parts enough.
 */
export function planQueries(question: string, sample = 1): string[] {
  const whole = oneLine(question).slice(0, longestQuery);
  const usual = distinct([whole, ...namedPhrases(question).slice(0, mostQueries - 2), contentWords(whole)]).slice(0, mostQueries);
  const parts = sample === 1 ? [] : partsOf(whole);
  if (parts.length === 0) return usual;
  const own = Array.from({ length: ownQueries }, (_, index) => parts[(sample - 2 + index * apart) % parts.length] ?? "");
  return distinct([...own, ...usual]).slice(0, mostQueries);
}

/** A last try where nothing was found: every content word for itself. */
export const broaderQueries = (question: string) => distinct(contentWords(question).split(" ")).slice(0, mostQueries);

/**
 * Parts of a question to search for: its names with what is asked about them, pairs of names, stretches of its words; what says most first. The
 * whole is none.
 */
function partsOf(question: string): string[] {
  const names = namedPhrases(question);
  const words = contentWords(question).split(" ");
  const left = contentWords(names.reduce((rest, name) => rest.replaceAll(name, " "), question));
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => `${one} ${other}`));
  const stretches = [4, 3, 2].flatMap((length) =>
    Array.from({ length: Math.max(0, words.length - length + 1) }, (_, index) => words.slice(index, index + length).join(" ")),
  );
  const parts = [
    ...names.map((name) => `${name} ${left}`.trim()),
    left,
    ...pairs,
    ...stretches,
    ...names,
    ...words,
    ...words.flatMap(piecesOf),
  ];
  return distinct(parts).filter((part) => part !== question.replace(/\p{P}+$/u, ""));
}

/** Stretches of a run of Chinese or Japanese, where no spaces part the words: two thirds and a half of it. Its numbers stay whole. */
function piecesOf(run: string): string[] {
  const units = run.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+/gu) ?? [];
  if (units.length < shortestRun) return [];
  return [2 / 3, 1 / 2].flatMap((share) => {
    const length = Math.ceil(units.length * share);
    return Array.from({ length: units.length - length + 1 }, (_, start) => units.slice(start, start + length).join(""));
  });
}

/** The words of a question that are not grammar, in its order. */
function contentWords(question: string): string {
  const pieces = question.split(grammar).flatMap((piece) => piece.replace(/[?？!.,;:"“”()]/g, " ").split(/\s+/));
  return pieces.filter((piece) => piece !== "" && searchTokens(piece).some((token) => !stopTokens.has(token))).join(" ");
}

/** Queries that would find the same are one query. */
function distinct(queries: string[]): string[] {
  const seen = new Set<string>();
  return queries.filter((query) => {
    const key = [...new Set(searchTokens(query).filter((token) => !stopTokens.has(token)))].sort().join(" ");
    return key !== "" && !seen.has(key) && seen.add(key);
  });
}
