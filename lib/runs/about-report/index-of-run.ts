import type { Sql } from "postgres";
import { sourcesOf } from "#db/queries/sources.ts";
import { type EvidenceIndex, evidenceIndex } from "#lib/reports/evidence-index.ts";

/** Conversations that are held at the same time; of each the index has some megabytes. */
const mostKept = 4;
const kept = new Map<string, Promise<EvidenceIndex>>();

/** The sources of a finished run made ready for questions. They never change any more, so the index of the last few is kept. */
export function indexOfRun(sql: Sql, runId: string): Promise<EvidenceIndex> {
  const known = kept.get(runId);
  kept.delete(runId); // the last one used stands last
  const found = known ?? built(sql, runId);
  kept.set(runId, found);
  for (const other of kept.keys()) if (kept.size > mostKept) kept.delete(other);
  found.catch(() => kept.delete(runId));
  return found;
}

const built = async (sql: Sql, runId: string): Promise<EvidenceIndex> => evidenceIndex(await sourcesOf(sql, runId));
