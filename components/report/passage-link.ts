import type { Citation } from "#lib/domain/citation.ts";

/** The stored copy, opened at the passage, with the way back: to the sentence, where the citation is one of the report (`index`), else to the report. */
export function passageLink(reportId: string, { sourceId, passage }: Pick<Citation, "sourceId" | "passage">, index: number | null): string {
  const query = new URLSearchParams({
    start: String(passage.start),
    end: String(passage.end),
    report: reportId,
    ...(index !== null && { claim: String(index + 1) }),
  });
  return `/sources/${sourceId}?${query}#passage`;
}
