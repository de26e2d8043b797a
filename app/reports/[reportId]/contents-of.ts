import type { ContentsEntry } from "#components/report/contents.tsx";
import type { Report } from "#lib/domain/report.ts";
import type { ReportHtml } from "#lib/reports/to-html.ts";

/** Sections below the third level stand in no contents. */
const deepest = 3;

/** The contents of a report with the statuses in each part. What stands before the first heading is the answer. */
export function contentsOf({ citations }: Pick<Report, "citations">, headings: ReportHtml["contents"]): ContentsEntry[] {
  const statusesOf = (places: readonly number[]) => places.flatMap((place) => citations[place]?.status ?? []);
  const under = new Set(headings.flatMap((heading) => heading.citations));
  const before = [...citations.keys()].filter((place) => !under.has(place));
  const entries = headings
    .filter(({ depth }) => depth <= deepest)
    .map(({ id, text, depth, citations: places }) => ({ id, text, depth, statuses: statusesOf(places) }));
  return before.length > 0 && entries.length > 0
    ? [{ id: "answer", text: "Answer", depth: 2, statuses: statusesOf(before) }, ...entries]
    : entries;
}
