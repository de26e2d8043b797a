import { independentSources } from "#lib/domain/independent-sources.ts";
import type { Report } from "#lib/domain/report.ts";
import { count, momentWords, statusOrder, statusWord } from "#lib/reports/html-document/words.ts";

/** What a reader has to know of a report before its text, as names and values: when and by what it was made, what the checks found, its limitations. */
export function reportFacts(report: Report): [name: string, value: string][] {
  const { sources, readOnly, citations, removedMarks, rewrite } = report;
  const independent = independentSources(sources).length;
  const own =
    report.kind === "quotes"
      ? "no language model; it only quotes its sources"
      : `${report.model ?? "a model that is not named"}, a language model`;
  const evidence = `${count(sources.length, "source")} cited of ${sources.length + readOnly.length} read`;
  return [
    [
      "Made",
      `${momentWords(report.createdAt)}, version ${report.version}${rewrite ? `, written again from version ${rewrite.version}` : ""}`,
    ],
    ["Written by", own],
    ["Evidence", `${evidence}${independent < sources.length ? `; ${independent} independent of each other` : ""}`],
    ["Checks", checksIn(citations)],
    ...(citations.length > 0 && report.judge ? [["Judged by", `${report.judge}, a language model`] as [string, string]] : []),
    ...(removedMarks.length > 0
      ? [["Removed", `${count(removedMarks.length, "mark")} that named no source of this research`] as [string, string]]
      : []),
    ...report.limitations.map((sentence): [string, string] => ["Limitation", sentence]),
  ];
}

/** Counts of each status, never a score. */
function checksIn(citations: Report["citations"]): string {
  if (citations.length === 0) return "no sentence is cited";
  const counts = statusOrder.map((status) => ({ status, n: citations.filter((citation) => citation.status === status).length }));
  const told = counts.filter(({ n }) => n > 0).map(({ status, n }) => `${n} ${statusWord(status)}`);
  return `${count(citations.length, "citation")}: ${told.join(", ")}`;
}
