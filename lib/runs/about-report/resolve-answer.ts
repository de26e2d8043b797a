import type { Citation } from "#lib/domain/citation.ts";
import type { EvidenceBank } from "#lib/domain/writer/evidence.ts";
import { resolveMarks } from "#lib/reports/cite.ts";
import type { CitableSource } from "#lib/reports/evidence-index.ts";
import { replaceMarks } from "#lib/reports/marks.ts";
import { type Placed, withMarks } from "#lib/reports/with-marks.ts";

export interface Answered {
  markdown: string;
  citations: Citation[];
  removedMarks: string[];
}

/**
 * Resolves the marks of an answer that was written from passages. A mark that names none of them, or one in which nothing carries its sentence,
 * is taken out and told. `numberOf` gives the number that a source has in the conversation.
 */
export function resolveAnswer(written: string, evidence: EvidenceBank, numberOf: (sourceId: string) => number): Answered {
  const byId = new Map(evidence.map((each) => [`p${each.number}`, each]));
  const passages: CitableSource[] = evidence.map(({ number, source, passage }) => ({
    id: `p${number}`,
    n: number,
    url: source.site,
    title: source.title,
    text: passage.text,
  }));
  const { prose, placed, removedMarks } = resolveMarks(written, passages);
  const real = placed.flatMap((each): Placed[] => {
    const named = byId.get(each.sourceId);
    if (!named) return [];
    const { start, end, text } = each.citation.passage;
    const passage = { start: named.passage.start + start, end: named.passage.start + end, text };
    return [{ ...each, sourceId: named.source.id, citation: { ...each.citation, passage } }];
  });
  const { markdown, citations } = withMarks(prose, real.filter(isFirst));
  return renumbered({ markdown, citations, removedMarks }, numberOf);
}

/** An answer whose marks have the numbers of the conversation in the place of those by first appearance. */
export const renumbered = ({ markdown, citations, removedMarks }: Answered, numberOf: (sourceId: string) => number): Answered => ({
  markdown: replaceMarks(markdown, (_, place) => `[${numberOf(citations[place]?.sourceId ?? "")}]`),
  citations: citations.map((citation) => ({ ...citation, n: numberOf(citation.sourceId) })),
  removedMarks,
});

/** One mark of a source at one place: a second passage of it says no more there. */
const isFirst = (placed: Placed, place: number, all: readonly Placed[]) =>
  all.findIndex(({ at, sourceId }) => at === placed.at && sourceId === placed.sourceId) === place;
