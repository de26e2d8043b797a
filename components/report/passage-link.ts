import type { Citation } from "#lib/domain/citation.ts";

/** The stored copy, opened at the passage, with the way back to the sentence. */
export function passageLink(reportId: string, citation: Citation, index: number): string {
  const query = new URLSearchParams({
    start: String(citation.passage.start),
    end: String(citation.passage.end),
    report: reportId,
    claim: String(index + 1),
  });
  return `/sources/${citation.sourceId}?${query}#passage`;
}
