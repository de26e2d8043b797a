import type { Database } from "#db/client.ts";
import { iso } from "#db/queries/runs.ts";
import type { Viewer } from "#lib/domain/viewer.ts";

/** A report that cites a text, wherever it read it. */
export interface CitingReport {
  id: string;
  question: string;
  version: number;
  createdAt: string;
  /** How many of its citations are of it. */
  citations: number;
}

/** The reports of a viewer that cite the text with this hash, in any run; the newest version of each run, newest first. */
export async function citingReports(db: Database, viewer: Viewer, hash: string): Promise<CitingReport[]> {
  const rows = await db.sql`
    select * from (
      select distinct on (reports.run_id) reports.id, runs.question, reports.version, reports.created_at as "createdAt",
        (select count(*)::int from jsonb_array_elements(reports.citations) as citation
         where citation->>'sourceId' in (select id::text from sources where sources.run_id = reports.run_id and sources.hash = ${hash})) as citations
      from reports join runs on runs.id = reports.run_id join sessions on sessions.id = runs.session_id
      where sessions.viewer_id = ${viewer.id} and reports.run_id in (select run_id from sources where hash = ${hash})
      order by reports.run_id, reports.version desc) as newest
    where citations > 0 order by "createdAt" desc limit 20`;
  return rows.map((row) => ({ ...(row as unknown as CitingReport), createdAt: iso(row.createdAt) }));
}

/** Other stored copies of the same text: when it was read before or after, and under which address. */
export async function otherCopies(
  db: Database,
  viewer: Viewer,
  source: { id: string; hash: string },
): Promise<{ id: string; url: string; fetchedAt: string }[]> {
  const rows = await db.sql`
    select sources.id, sources.url, sources.fetched_at as "fetchedAt"
    from sources join runs on runs.id = sources.run_id join sessions on sessions.id = runs.session_id
    where sources.hash = ${source.hash} and sources.id <> ${source.id} and sessions.viewer_id = ${viewer.id}
    order by sources.fetched_at desc limit 20`;
  return rows.map((row) => ({ id: String(row.id), url: String(row.url), fetchedAt: iso(row.fetchedAt) }));
}
