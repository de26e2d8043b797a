import type { Citation, CitationStatus } from "#lib/domain/citation.ts";
import type { Span } from "#lib/std/span.ts";

/** A stretch of a source that a report cites, with the sentences that cite it. A stretch that was only asked for has none. */
export interface CitedPlace extends Span {
  claims: { index: number; claim: string; status: CitationStatus }[];
}

/** The cited stretches of a source in the order of its text; passages that overlap are one. `asked` is what the reader wants to see, cited or not. */
export function citedPlaces(citations: readonly Citation[], sourceId: string, asked: Span | null): CitedPlace[] {
  const own = citations.flatMap(({ passage: { start, end }, claim, status, ...citation }, index): CitedPlace[] =>
    citation.sourceId === sourceId && start < end ? [{ start, end, claims: [{ index, claim, status }] }] : [],
  );
  const places: CitedPlace[] = [];
  for (const place of [...own, ...(asked ? [{ ...asked, claims: [] }] : [])].toSorted(
    (one, other) => one.start - other.start || other.end - one.end,
  )) {
    const last = places.at(-1);
    if (!last || place.start >= last.end) places.push(place);
    else places[places.length - 1] = { start: last.start, end: Math.max(last.end, place.end), claims: [...last.claims, ...place.claims] };
  }
  return places;
}
