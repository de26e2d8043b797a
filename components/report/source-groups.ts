import { independentSources } from "#lib/domain/independent-sources.ts";
import type { SourceRef } from "#lib/domain/source.ts";

/** The cited sources in groups of which each counts once: copies of one text under any address, and one address that was read twice. */
export function sourceGroups(sources: readonly SourceRef[]): SourceRef[][] {
  const groups = independentSources(sources);
  for (const source of sources) {
    const own = groups.findIndex((group) => group.includes(source));
    const same = groups.findIndex((group) => group.some(({ n }) => n === source.copyOf));
    if (own < 0 || same < 0 || own === same) continue;
    groups[same] = [...(groups[same] ?? []), ...(groups[own] ?? [])].toSorted((one, other) => one.n - other.n);
    groups.splice(own, 1);
  }
  return groups;
}
