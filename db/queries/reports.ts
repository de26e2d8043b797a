import type { TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { iso } from "#db/queries/runs.ts";
import { type Report, reportSchema } from "#lib/domain/report.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";

/** A report; null when there is none, or it belongs to somebody else's run. */
export async function getReport(db: Database, viewer: Viewer, id: string): Promise<Report | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.sql`
    select reports.id, reports.run_id as "runId", runs.session_id as "sessionId", reports.version, reports.kind, runs.question,
      reports.markdown, reports.citations, reports.sources, reports.read_only as "readOnly", reports.removed_marks as "removedMarks",
      reports.limitations, reports.model, reports.created_at as "createdAt"
    from reports join runs on runs.id = reports.run_id join sessions on sessions.id = runs.session_id
    where reports.id = ${id} and sessions.viewer_id = ${viewer.id}`;
  return row ? reportSchema.parse({ ...row, createdAt: iso(row.createdAt) }) : null;
}

/** Stores a report as part of the transaction that ends its run. */
export async function insertReport(sql: TransactionSql, report: Omit<Report, "question" | "sessionId">): Promise<void> {
  const json = (value: unknown) => sql.json(value as never);
  await sql`
    insert into reports (id, run_id, version, kind, markdown, citations, sources, read_only, removed_marks, limitations, model, created_at)
    values (${report.id}, ${report.runId}, ${report.version}, ${report.kind}, ${report.markdown}, ${json(report.citations)},
      ${json(report.sources)}, ${json(report.readOnly)}, ${json(report.removedMarks)}, ${json(report.limitations)}, ${report.model}, ${report.createdAt})`;
}
