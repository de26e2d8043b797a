import { oneLine } from "#lib/std/one-line.ts";
import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";
import { namedPhrases } from "./named-phrases.ts";

const mostQueries = 5;
const longestQuery = 300;
const grammar = /[的了是在有和与及或被把吗呢吧么什哪谁几何怎为个些这那其之于以，。？！、：；“”（）\s]+|多少/u;

/** The first searches for a question: the question itself, what it names each apart, and its bare content words. */
export function planQueries(question: string): string[] {
  const whole = oneLine(question).slice(0, longestQuery);
  return distinct([whole, ...namedPhrases(question).slice(0, mostQueries - 2), contentWords(whole)]).slice(0, mostQueries);
}

/** A last try where nothing was found: every content word for itself. */
export const broaderQueries = (question: string) => distinct(contentWords(question).split(" ")).slice(0, mostQueries);

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
