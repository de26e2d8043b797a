import { randomUUID } from "node:crypto";
import type { NewReport } from "#db/queries/reports.ts";
import type { ReportKind, Rewrite } from "#lib/domain/report.ts";
import type { Source, SourceRef } from "#lib/domain/source.ts";
import type { Cited } from "#lib/reports/cite.ts";
import type { Material } from "./assignment-of.ts";

/** A report before it is stored: its text with citations, and what it was made from. */
export interface Draft extends Cited {
  material: Material;
  kind: ReportKind;
  limitations: string[];
}

/** Makes the report of a run from its draft: sources get the numbers of the marks, those that nothing cites are kept as read. */
export function writeReport(
  draft: Draft,
  facts: { model: string | null; judge: string | null; rewrite: Rewrite | null; at: string },
): NewReport {
  const { markdown, citations, removedMarks, cited, kind, limitations, material } = draft;
  const byId = new Map(material.sources.map((source) => [source.id, source]));
  const first = firstCited(cited.flatMap((id) => byId.get(id) ?? []));
  return {
    id: randomUUID(),
    runId: material.researchedBy,
    version: 1, // the next one is given when it is stored
    kind,
    markdown,
    citations,
    sources: cited.flatMap((id, index) => refOf(byId.get(id), index + 1, first)),
    readOnly: material.sources.filter((source) => !cited.includes(source.id)).flatMap((source) => refOf(source, source.n, first)),
    removedMarks,
    limitations,
    figures: material.figures.filter(({ n }) => markdown.includes(`(figure:${n})`)),
    model: facts.model,
    judge: facts.judge,
    rewrite: facts.rewrite,
    createdAt: facts.at,
  };
}

/** Of the texts that are copies of each other, the number in the report of the first that it cites, by the number in the run of the text they go back to. */
function firstCited(cited: readonly Source[]): Map<number, Pick<Source, "id" | "n">> {
  const first = new Map<number, Pick<Source, "id" | "n">>();
  for (const [index, { id, n, copyOf = n }] of cited.entries()) if (!first.has(copyOf)) first.set(copyOf, { id, n: index + 1 });
  return first;
}

function refOf(source: Source | undefined, n: number, first: ReadonlyMap<number, Pick<Source, "id" | "n">>): SourceRef[] {
  if (!source) return [];
  const { text: _, runId: __, copyOf: ___, ...ref } = source;
  const same = first.get(source.copyOf ?? source.n);
  return [{ ...ref, n, ...(same && same.id !== source.id && { copyOf: same.n }) }];
}
