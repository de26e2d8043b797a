import { passageFinder } from "#lib/sources/passage-finder.ts";
import { searchTokens } from "#lib/std/search-tokens.ts";
import { sentences } from "#lib/std/sentences.ts";
import type { Span } from "#lib/std/span.ts";
import { stopTokens } from "#lib/std/stop-words.ts";

export interface CitableSource {
  id: string;
  n: number;
  url: string;
  title: string;
  text: string;
}

export interface Unit extends Span {
  tokens: ReadonlySet<string>;
}

export interface IndexedSource extends CitableSource {
  units: Unit[];
  titleTokens: ReadonlySet<string>;
  find: (quote: string) => Span | null;
}

/** The sources of a run made ready for finding what carries a sentence. */
export interface EvidenceIndex {
  sources: IndexedSource[];
  /** What it says that a passage has a word: little where most sentences have it. */
  idf(token: string): number;
  /** Sentences with a token, as [source, unit] places. */
  places: ReadonlyMap<string, [number, number][]>;
}

export function evidenceIndex(sources: readonly CitableSource[]): EvidenceIndex {
  const indexed = sources.map(indexedSource);
  const places = new Map<string, [number, number][]>();
  let count = 0;
  for (const [sourcePlace, source] of indexed.entries()) {
    for (const [unitPlace, unit] of source.units.entries()) {
      count++;
      for (const token of unit.tokens) {
        const known = places.get(token);
        if (known) known.push([sourcePlace, unitPlace]);
        else places.set(token, [[sourcePlace, unitPlace]]);
      }
    }
  }
  return { sources: indexed, places, idf: (token) => Math.log(1 + (count + 1) / ((places.get(token)?.length ?? 0) + 0.5)) };
}

/** The tokens of a text that carry its subject. */
export const contentTokens = (text: string) => new Set(searchTokens(text).filter((token) => !stopTokens.has(token)));

function indexedSource(source: CitableSource): IndexedSource {
  const units = sentences(source.text).map((span) => ({ ...span, tokens: contentTokens(source.text.slice(span.start, span.end)) }));
  return { ...source, units, titleTokens: contentTokens(source.title), find: passageFinder(source.text) };
}
