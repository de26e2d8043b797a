import type { Sql } from "postgres";
import { sourcesOf } from "#db/queries/sources.ts";
import { type EvidenceIndex, evidenceIndex } from "#lib/reports/evidence-index.ts";

/** Conversations that are held at the same time; of each the index has some megabytes. */
const mostKept = 4;
const kept = new Map<string, Promise<EvidenceIndex>>();

/** The sources of a finished run made ready for questions. They never change any more, so the index of the last few is kept. */
export function indexOfRun(sql: Sql, runId: string, numberOf: (sourceId: string) => number): Promise<EvidenceIndex> {
  const known = kept.get(runId);
  kept.delete(runId); // the last one used stands last
  const found = known ?? built(sql, runId, numberOf);
  kept.set(runId, found);
  for (const other of kept.keys()) if (kept.size > mostKept) kept.delete(other);
  found.catch(() => kept.delete(runId));
  return found;
}

async function built(sql: Sql, runId: string, numberOf: (sourceId: string) => number): Promise<EvidenceIndex> {
  const sources = await sourcesOf(sql, runId);
  return evidenceIndex(sources.map(({ id, url, title, text }) => ({ id, n: numberOf(id), url, title, text })));
}
