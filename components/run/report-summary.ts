import type { CitationStatus } from "#lib/domain/citation.ts";
import type { ReportKind } from "#lib/domain/report.ts";

/** What a session shows of a report: the counts of its citations, and which sources it cites. */
export interface ReportSummary {
  id: string;
  kind: ReportKind;
  statuses: Partial<Record<CitationStatus, number>>;
  citedIds: string[];
}
