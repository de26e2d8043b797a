import type { Span } from "#lib/std/span.ts";
import type { EvidenceIndex, IndexedSource } from "./evidence-index.ts";
import { contentTokens } from "./evidence-index.ts";

/** A passage with how much of a sentence it carries: 1 when it has every word, by the weight of the words. */
export interface Carried {
  source: IndexedSource;
  passage: Span;
  score: number;
  /** Every number of the sentence stands in the passage. */
  hasNumbers: boolean;
  /** Different words of the sentence that stand in the passage. */
  words: number;
}

/** A neighbour joins the passage when it adds at least this much. */
const leastGain = 0.12;
const mostUnits = 3;
/** Of a source only so many sentences are looked at closely, those with most of the words. */
const closeLooks = 6;

/** The passage of each source that carries a sentence best, best first; sources that share nothing with it are missing. */
export function carryingPassages(claim: string, index: EvidenceIndex, only?: (source: IndexedSource) => boolean): Carried[] {
  const tokens = contentTokens(claim);
  const total = weigh(tokens, index);
  if (total === 0) return [];
  const bySource = new Map<number, Map<number, number>>();
  for (const token of tokens) {
    for (const [sourcePlace, unitPlace] of index.places.get(token) ?? []) {
      const scores = bySource.get(sourcePlace) ?? new Map<number, number>();
      bySource.set(sourcePlace, scores.set(unitPlace, (scores.get(unitPlace) ?? 0) + index.idf(token)));
    }
  }
  const found: Carried[] = [];
  for (const [sourcePlace, scores] of bySource) {
    const source = index.sources[sourcePlace];
    if (!source || (only && !only(source))) continue;
    const best = [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, closeLooks);
    const passages = best.map(([place]) => grow(source, place, { tokens, total, index }));
    const [top] = passages.sort(byScore);
    if (top) found.push(top);
  }
  return found.sort(byScore);
}

const byScore = (one: Carried, other: Carried) =>
  Number(other.hasNumbers) - Number(one.hasNumbers) ||
  other.score - one.score ||
  one.source.n - other.source.n ||
  one.passage.start - other.passage.start;

interface Wanted {
  tokens: ReadonlySet<string>;
  total: number;
  index: EvidenceIndex;
}

function grow(source: IndexedSource, place: number, wanted: Wanted): Carried {
  let [first, last] = [place, place];
  let current = judge(source, first, last, wanted);
  while (last - first + 1 < mostUnits) {
    const wider = [judge(source, first - 1, last, wanted), judge(source, first, last + 1, wanted)];
    const [before, after] = wider;
    const next = (before?.score ?? 0) > (after?.score ?? 0) ? before : after;
    if (!next || !(next.score >= current.score + leastGain || (next.hasNumbers && !current.hasNumbers && next.score > current.score)))
      break;
    if (next === before) first--;
    else last++;
    current = next;
  }
  return current;
}

function judge(source: IndexedSource, first: number, last: number, { tokens, total, index }: Wanted): Carried {
  const units = first < 0 || last >= source.units.length ? [] : source.units.slice(first, last + 1);
  const passage = { start: units[0]?.start ?? 0, end: units.at(-1)?.end ?? 0 };
  const has = (token: string) => units.some((unit) => unit.tokens.has(token));
  const shared = [...tokens].filter(has);
  // A passage says "he" where the sentence has the name: the title of its page stands for it, at half its weight.
  const implied = [...tokens].filter((token) => !has(token) && source.titleTokens.has(token));
  const score = units.length === 0 ? 0 : (weigh(shared, index) + weigh(implied, index) / 2) / total;
  const hasNumbers = units.length > 0 && [...tokens].every((token) => !/^\p{Nd}/u.test(token) || has(token));
  return { source, passage, score, hasNumbers, words: shared.length };
}

function weigh(tokens: Iterable<string>, index: EvidenceIndex): number {
  let sum = 0;
  for (const token of tokens) sum += index.idf(token);
  return sum;
}
