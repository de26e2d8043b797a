import { randomUUID } from "node:crypto";
import type { NewReport } from "#db/queries/reports.ts";
import type { ReportKind } from "#lib/domain/report.ts";
import type { Source, SourceRef } from "#lib/domain/source.ts";
import { cite } from "#lib/reports/cite.ts";

/** Makes the report of a run from its answer and what it has read: resolves the marks, or sets them, and numbers the sources by first mention. */
export function writeReport(options: {
  runId: string;
  kind: ReportKind;
  answer: string;
  sources: Source[];
  limitations: string[];
  model: string | null;
  at: string;
}): NewReport {
  const { markdown, citations, removedMarks, cited } = cite(options.answer, options.sources);
  const byId = new Map(options.sources.map((source) => [source.id, source]));
  const citedSources = cited.flatMap((id, index) => refOf(byId.get(id), index + 1));
  const readOnly = options.sources.filter((source) => !cited.includes(source.id)).flatMap((source) => refOf(source, source.n));
  return {
    id: randomUUID(),
    runId: options.runId,
    version: 1,
    kind: options.kind,
    markdown,
    citations,
    sources: citedSources,
    readOnly,
    removedMarks,
    limitations: options.limitations,
    model: options.model,
    judge: null,
    rewrite: null,
    createdAt: options.at,
  };
}

function refOf(source: Source | undefined, n: number): SourceRef[] {
  if (!source) return [];
  const { text: _, runId: __, ...ref } = source;
  return [{ ...ref, n }];
}
