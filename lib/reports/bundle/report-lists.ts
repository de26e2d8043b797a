import type { SourceRef } from "#lib/domain/source.ts";

export interface ReportLists {
  sources: SourceRef[];
  readOnly: SourceRef[];
}

/**
 * The two lists of a report, made from what was read and the ids of what it cites, in the order of their numbers: cited ones are numbered from 1, the
 * others keep their numbers. A copy names the first cited source that goes back to the same text, by its number in the report.
 */
export function reportLists(citedIds: readonly string[], all: readonly SourceRef[]): ReportLists {
  const byId = new Map(all.map((source) => [source.id, source]));
  const cited = citedIds.flatMap((id) => byId.get(id) ?? []);
  const first = new Map<number, { id: string; n: number }>();
  for (const [index, { id, n, copyOf = n }] of cited.entries()) if (!first.has(copyOf)) first.set(copyOf, { id, n: index + 1 });
  const asListed = (source: SourceRef, n: number): SourceRef => {
    const { id, url, title, site, hash, status, fetchedAt } = source;
    const same = first.get(source.copyOf ?? source.n);
    return { id, n, url, title, site, hash, status, fetchedAt, ...(same && same.id !== id && { copyOf: same.n }) };
  };
  const isCited = new Set(citedIds);
  return {
    sources: cited.map((source, index) => asListed(source, index + 1)),
    readOnly: all.filter(({ id }) => !isCited.has(id)).map((source) => asListed(source, source.n)),
  };
}
