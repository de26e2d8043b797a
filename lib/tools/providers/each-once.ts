import type { SearchHit } from "#lib/domain/tool-details.ts";

/** The hits without those whose address stood before. */
export function eachOnce(hits: readonly SearchHit[]): SearchHit[] {
  const seen = new Set<string>();
  return hits.filter((hit) => !seen.has(hit.url) && seen.add(hit.url));
}
