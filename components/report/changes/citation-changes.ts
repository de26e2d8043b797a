import { statusOrder } from "#components/report/status.ts";
import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";

type Version = Pick<Report, "citations" | "sources">;

export interface CitationChanges {
  /** Passages that only the later version cites, and those that only the earlier one did; of each passage the first sentence. */
  gained: Citation[];
  lost: Citation[];
  /** How many citations of each status there were and are. */
  statuses: { status: Citation["status"]; before: number; after: number }[];
}

/** What a new version cites more and less: by passage, since a sentence may be said in other words. */
export function citationChanges(before: Version, after: Version): CitationChanges {
  const count = (version: Version, status: Citation["status"]) => version.citations.filter((citation) => citation.status === status).length;
  return {
    gained: missingIn(after.citations, before.citations),
    lost: missingIn(before.citations, after.citations),
    statuses: statusOrder
      .map((status) => ({ status, before: count(before, status), after: count(after, status) }))
      .filter((each) => each.before + each.after > 0),
  };
}

const samePassage = (one: Citation, other: Citation) =>
  one.sourceId === other.sourceId && one.passage.start < other.passage.end && other.passage.start < one.passage.end;

const missingIn = (citations: readonly Citation[], others: readonly Citation[]) =>
  citations.filter(
    (citation, place) =>
      !others.some((other) => samePassage(citation, other)) && citations.findIndex((first) => samePassage(first, citation)) === place,
  );
