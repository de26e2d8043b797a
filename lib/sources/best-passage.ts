import { searchTokens } from "#lib/std/search-tokens.ts";
import { sentences } from "#lib/std/sentences.ts";
import type { Span } from "#lib/std/span.ts";

/** Texts up to this length are split into sentences whole; of longer ones only the densest window is. */
const windowLength = 2_500;

export interface PassageRequest {
  /** What each token of the query is worth; tokens that are missing are worth nothing. */
  weights: ReadonlyMap<string, number>;
  maxLength: number;
}

/** The stretch of whole sentences, up to a length, that has most of the query's tokens. The beginning of the text where nothing matches. */
export function bestPassage(text: string, request: PassageRequest): Span {
  const window = text.length > windowLength ? densestWindow(text, request.weights) : { start: 0, end: text.length };
  const units = sentences(text.slice(window.start, window.end)).map((span) => ({
    start: span.start + window.start,
    end: span.end + window.start,
  }));
  const tokens = units.map((unit) => new Set(searchTokens(text.slice(unit.start, unit.end)).filter((token) => request.weights.has(token))));
  let best = { score: -1, first: 0, last: 0 };
  for (let first = 0; first < units.length; first++) {
    const seen = new Set<string>();
    let score = 0;
    for (let last = first; last < units.length && lengthOf(units, first, last) <= request.maxLength; last++) {
      for (const token of tokens[last] ?? []) if (!seen.has(token) && seen.add(token)) score += request.weights.get(token) ?? 0;
      const tighter = score > 0 && score > best.score - 1e-9 && last - first < best.last - best.first;
      if (score > best.score + 1e-9 || tighter) best = { score, first, last };
    }
  }
  return filled(units, best, request.maxLength) ?? { start: 0, end: Math.min(text.length, request.maxLength) };
}

/** The room that is left goes to the sentences after the passage: what is found is often explained there. */
function filled(units: Span[], best: { first: number; last: number }, maxLength: number): Span | null {
  let { last } = best;
  while (last + 1 < units.length && lengthOf(units, best.first, last + 1) <= maxLength) last++;
  const first = units[best.first];
  const end = units[last]?.end;
  if (!first || end === undefined) return null;
  return { start: first.start, end: Math.min(end, first.start + maxLength) };
}

const lengthOf = (units: Span[], first: number, last: number) => (units[last]?.end ?? 0) - (units[first]?.start ?? 0);

/** Slides over the text in half windows, which is enough to have any passage whole in one of them. */
function densestWindow(text: string, weights: ReadonlyMap<string, number>): Span {
  let best = { start: 0, end: windowLength, score: -1 };
  for (let start = 0; start < text.length; start += windowLength / 2) {
    const end = Math.min(text.length, start + windowLength);
    const score = [...new Set(searchTokens(text.slice(start, end)))].reduce((sum, token) => sum + (weights.get(token) ?? 0), 0);
    if (score > best.score) best = { start, end, score };
  }
  return best;
}
