import type { Sql } from "postgres";
import { sourcesOf } from "#db/queries/sources.ts";
import type { Report } from "#lib/domain/report.ts";
import { numberedSources } from "#lib/domain/report-message.ts";
import { type EvidenceIndex, evidenceIndex } from "#lib/reports/evidence-index.ts";

/** Conversations that are held at the same time; of each the index has some megabytes. */
const mostKept = 4;
const kept = new Map<string, Promise<EvidenceIndex>>();

/**
 * The sources that a report lists, made ready for questions: what it does not list has no number in its conversation. They never change any more, so
 * the index of the last few is kept.
 */
export function indexOfReport(sql: Sql, report: Report): Promise<EvidenceIndex> {
  const known = kept.get(report.id);
  kept.delete(report.id); // the last one used stands last
  const found = known ?? built(sql, report);
  kept.set(report.id, found);
  for (const other of kept.keys()) if (kept.size > mostKept) kept.delete(other);
  found.catch(() => kept.delete(report.id));
  return found;
}

async function built(sql: Sql, report: Report): Promise<EvidenceIndex> {
  const listed = new Set(numberedSources(report).map(({ id }) => id));
  return evidenceIndex((await sourcesOf(sql, report.runId)).filter(({ id }) => listed.has(id)));
}
