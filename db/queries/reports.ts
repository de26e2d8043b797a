import type { Sql, TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { iso } from "#db/queries/runs.ts";
import { type Report, reportSchema } from "#lib/domain/report.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";

const columns = (sql: Sql) => sql`
  reports.id, reports.run_id as "runId", runs.session_id as "sessionId", reports.version, reports.kind, runs.question,
  reports.markdown, reports.citations, reports.sources, reports.read_only as "readOnly", reports.removed_marks as "removedMarks",
  reports.limitations, reports.figures, reports.model, reports.judge, reports.rewrite, reports.created_at as "createdAt"`;

export const readReport = (row: Record<string, unknown>): Report => reportSchema.parse({ ...row, createdAt: iso(row.createdAt) });

/** A report; null when there is none, or it belongs to somebody else's run. */
export async function getReport(db: Database, viewer: Viewer, id: string): Promise<Report | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.sql`
    select ${columns(db.sql)} from reports join runs on runs.id = reports.run_id join sessions on sessions.id = runs.session_id
    where reports.id = ${id} and sessions.viewer_id = ${viewer.id}`;
  return row ? readReport(row) : null;
}

/** Every version of a run's report, oldest first; empty when the run is somebody else's. */
export async function versionsOf(db: Database, viewer: Viewer, runId: string): Promise<Report[]> {
  if (!isUuid(runId)) return [];
  const rows = await db.sql`
    select ${columns(db.sql)} from reports join runs on runs.id = reports.run_id join sessions on sessions.id = runs.session_id
    where reports.run_id = ${runId} and sessions.viewer_id = ${viewer.id} order by reports.version`;
  return rows.map(readReport);
}

/** A report for whoever may see it by something else than being its viewer: a share, a worker. */
export async function reportById(sql: Sql, id: string): Promise<Report | null> {
  const [row] = await sql`select ${columns(sql)} from reports join runs on runs.id = reports.run_id where reports.id = ${id}`;
  return row ? readReport(row) : null;
}

/** The number that the next version of a run's report gets. Holds the run's row until the transaction ends, so that no two get the same. */
export async function nextVersion(sql: TransactionSql, runId: string): Promise<number> {
  await sql`select 1 from runs where id = ${runId} for update`;
  const [row] = await sql<{ version: number }[]>`select coalesce(max(version), 0) + 1 as version from reports where run_id = ${runId}`;
  return row?.version ?? 1;
}

export type NewReport = Omit<Report, "question" | "sessionId">;

/** Stores a report as part of the transaction that ends the run that wrote it. */
export async function insertReport(sql: TransactionSql, report: NewReport): Promise<void> {
  const json = (value: unknown) => sql.json(value as never);
  await sql`
    insert into reports (id, run_id, version, kind, markdown, citations, sources, read_only, removed_marks, limitations, figures, model, judge, rewrite, created_at)
    values (${report.id}, ${report.runId}, ${report.version}, ${report.kind}, ${report.markdown}, ${json(report.citations)},
      ${json(report.sources)}, ${json(report.readOnly)}, ${json(report.removedMarks)}, ${json(report.limitations)}, ${json(report.figures)}, ${report.model},
      ${report.judge}, ${report.rewrite && json(report.rewrite)}, ${report.createdAt})`;
}
