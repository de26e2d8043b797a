import type { Report } from "#lib/domain/report.ts";
import { citation, sampleReport, sourceRef } from "#lib/reports/html-document/sample-report.fixture.ts";
import { findMarks } from "#lib/reports/marks.ts";

/** Any Markdown with numbers in brackets as a report in which each of them is a citation of a source of that number. */
export function numberedReport(markdown: string, question = "What is known?"): Report {
  const marks = findMarks(markdown).filter(({ n }) => n > 0);
  const statuses = ["quoted", "supported", "weak", "unsupported", "unchecked"] as const;
  const citations = findMarks(markdown).map(({ n }, index) =>
    citation(Math.max(1, n), {
      sourceId: `s${n}`,
      status: statuses[index % statuses.length] ?? "weak",
      passage: { start: 0, end: 9, text: `Passage ${index}` },
    }),
  );
  const numbers = [...new Set(marks.map(({ n }) => n))].sort((one, other) => one - other);
  const sources = numbers.map((n) => sourceRef(n, { id: `s${n}`, hash: "a".repeat(64) }));
  return sampleReport({ question, markdown, citations, sources });
}
