import type { Citation } from "#lib/domain/citation.ts";
import type { PassageContext } from "#lib/domain/passage-context.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { passageLink } from "./passage-link.ts";
import { sourceOf } from "./reading.tsx";
import type { ReportFacts } from "./report-facts.ts";

/** A citation with all that its card shows. */
export interface ShownCitation {
  citation: Citation;
  source: SourceRef;
  context: PassageContext | null;
  /** The stored copy, opened at the passage. */
  href: string;
}

export function shownCitation(report: ReportFacts, index: number): ShownCitation | null {
  const citation = report.citations[index];
  const source = citation && sourceOf(report, citation);
  if (!source) return null;
  return { citation, source, context: report.contexts[index] ?? null, href: passageLink(report.id, citation, index) };
}
