import type { Citation } from "#lib/domain/citation.ts";
import type { EvidenceBank } from "#lib/domain/writer/evidence.ts";
import { carryingPassages } from "#lib/reports/carrying-passage.ts";
import { contentTokens, type EvidenceIndex, type IndexedSource } from "#lib/reports/evidence-index.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { siteOf } from "#lib/std/site-of.ts";
import type { Span } from "#lib/std/span.ts";

/** Twenty-four passages of at most 700 characters are some 6,000 tokens: a model reads them in a second or two before it answers. */
const mostPassages = 24;
const mostTokens = 7_000;
const longest = 700;
const mostOfSource = 6;
const closeLooks = 80;
/** With fewer found by the question's words (another language, words of its own), what the report cites is shown as well. */
const fewest = 8;
/** What the report cites was chosen once already: of two passages that say as much, that one. */
const citedBonus = 0.1;

interface Candidate extends Span {
  source: IndexedSource;
  worth: number;
}

/**
 * The passages that a question about a report is answered from: of each source what carries the question best, then the sentences with most of
 * its words, each with its neighbours; where that is little, the passages that the report itself cites. Pure. `shrink` halves the room.
 */
export function evidenceFor(question: string, index: EvidenceIndex, citations: readonly Citation[], shrink = 0): EvidenceBank {
  const best = carryingPassages(question, index).map(({ source, passage, score }) => ({
    source,
    ...widened(source, passage),
    worth: score + 0.05,
  }));
  const found = [...best, ...windowsOf(question, index, citations)].toSorted((one, other) => other.worth - one.worth);
  const room = { passages: Math.ceil(mostPassages / 2 ** shrink), tokens: mostTokens / 2 ** shrink };
  const kept = fitting(found, room);
  const cited = kept.length < fewest ? citedIn(index, citations) : [];
  return numbered(kept.length < fewest ? fitting([...kept, ...cited], { ...room, passages: Math.min(room.passages, fewest) }) : kept);
}

function windowsOf(question: string, index: EvidenceIndex, citations: readonly Citation[]): Candidate[] {
  const tokens = [...contentTokens(question)];
  const total = tokens.reduce((sum, token) => sum + index.idf(token), 0);
  if (total === 0) return [];
  const scores = new Map<string, { at: [number, number]; score: number }>();
  for (const token of tokens)
    for (const at of index.places.get(token) ?? []) {
      const known = scores.get(at.join()) ?? { at, score: 0 };
      scores.set(at.join(), { at, score: known.score + index.idf(token) / total });
    }
  const inOrder = [...scores.values()].toSorted((one, other) => other.score - one.score).slice(0, closeLooks);
  return inOrder.flatMap(({ at: [sourcePlace, unitPlace], score }) => {
    const source = index.sources[sourcePlace];
    if (!source) return [];
    const window = widened(source, source.units[unitPlace] ?? { start: 0, end: 0 });
    const isCited = citations.some(({ sourceId, passage }) => sourceId === source.id && overlap(passage, window));
    return [{ source, ...window, worth: score + (isCited ? citedBonus : 0) }];
  });
}

/** A stretch of sentences with those around it, as far as the length allows: two after it for each before, since what is named is explained behind it. */
function widened(source: IndexedSource, { start, end }: Span): Span {
  const first = source.units.findIndex((unit) => unit.end > start);
  const last = source.units.findLastIndex((unit) => unit.start < end);
  let span = { start, end: Math.min(end, start + longest) };
  for (const place of [last + 1, last + 2, first - 1, last + 3, last + 4, first - 2, last + 5, last + 6]) {
    const neighbour = source.units[place];
    if (!neighbour) continue;
    const wider = { start: Math.min(span.start, neighbour.start), end: Math.max(span.end, neighbour.end) };
    if (wider.end - wider.start > longest) break;
    span = wider;
  }
  return span;
}

const overlap = (one: Span, other: Span) => one.start < other.end && other.start < one.end;

const citedIn = (index: EvidenceIndex, citations: readonly Citation[]): Candidate[] =>
  citations.flatMap(({ sourceId, passage: { start, end } }) => {
    const source = index.sources.find(({ id }) => id === sourceId);
    return source ? [{ source, start, end: Math.min(end, start + longest), worth: 0 }] : [];
  });

/** The worthiest first, none that overlaps one before, of each source only so many. */
function fitting(candidates: readonly Candidate[], room: { passages: number; tokens: number }): Candidate[] {
  const kept: Candidate[] = [];
  let left = room.tokens;
  for (const candidate of candidates) {
    const { source, start, end } = candidate;
    const own = kept.filter((each) => each.source === source);
    const size = roughTokens(source.text.slice(start, end)) + 30;
    if (kept.length >= room.passages || size > left || own.length >= mostOfSource || own.some((each) => overlap(each, candidate))) continue;
    left -= size;
    kept.push(candidate);
  }
  return kept;
}

const numbered = (candidates: readonly Candidate[]): EvidenceBank =>
  candidates
    .toSorted((one, other) => one.source.n - other.source.n || one.start - other.start)
    .map(({ source, start, end }, place) => ({
      number: place + 1,
      source: { id: source.id, n: source.n, title: source.title, site: siteOf(source.url) },
      passage: { start, end, text: source.text.slice(start, end) },
    }));
