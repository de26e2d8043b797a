import type { Sql } from "postgres";
import type { Database } from "#db/client.ts";
import { iso } from "#db/queries/runs.ts";
import {
  type AnswerFacts,
  type AnswerMessage,
  answerFactsSchema,
  type ReportMessage,
  reportMessageSchema,
} from "#lib/domain/report-message.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";

function asMessage({ facts, ...row }: Record<string, unknown>): unknown {
  const message = { ...row, id: Number(row.id), createdAt: iso(row.createdAt) };
  return row.role === "answer" ? { ...message, facts } : message;
}

const readMessage = (row: Record<string, unknown>): ReportMessage => reportMessageSchema.parse(asMessage(row));

/** One message that does not fit must not close the conversation that it stands in. */
function readable(row: Record<string, unknown>): ReportMessage[] {
  const read = reportMessageSchema.safeParse(asMessage(row));
  if (!read.success) console.error("[web] A message about a report cannot be read and is left out:", row.id, read.error.message);
  return read.success ? [read.data] : [];
}

const columns = (sql: Sql) => sql`id, role, text, details as facts, created_at as "createdAt"`;

/** The conversation about a report, oldest first; empty when the report is somebody else's. */
export async function messagesOf(db: Database, viewer: Viewer, reportId: string): Promise<ReportMessage[]> {
  if (!isUuid(reportId)) return [];
  const rows = await db.sql`
    select ${columns(db.sql)} from report_messages
    where report_id = ${reportId} and exists (
      select 1 from reports join runs on runs.id = reports.run_id join sessions on sessions.id = runs.session_id
      where reports.id = ${reportId} and sessions.viewer_id = ${viewer.id})
    order by id`;
  return rows.flatMap(readable);
}

/**
 * Stores a question about a report, unless the one before still waits for its answer: then null. A question that has waited longer than
 * `withinMs` waits for nothing: whoever answered it is gone. The report's row is held meanwhile, so that of two questions one comes first.
 */
export async function insertQuestion(sql: Sql, reportId: string, text: string, withinMs: number): Promise<ReportMessage | null> {
  return sql.begin(async (transaction) => {
    await transaction`select 1 from reports where id = ${reportId} for no key update`;
    const [last] =
      await transaction`select role, created_at as "createdAt" from report_messages where report_id = ${reportId} order by id desc limit 1`;
    if (last?.role === "question" && Date.now() - Date.parse(iso(last.createdAt)) < withinMs) return null;
    const [row] = await transaction`
      insert into report_messages (report_id, role, text) values (${reportId}, 'question', ${text}) returning ${columns(sql)}`;
    return row ? readMessage(row) : null;
  });
}

/** Stores an answer. One that could not be read again is not stored: it throws. */
export async function insertAnswer(sql: Sql, reportId: string, text: string, facts: AnswerFacts): Promise<AnswerMessage> {
  const [row] = await sql`
    insert into report_messages (report_id, role, text, details) values (${reportId}, 'answer', ${text}, ${sql.json(answerFactsSchema.parse(facts) as never)})
    returning ${columns(sql)}`;
  const message = row && readMessage(row);
  if (message?.role !== "answer") throw new Error("The database returned no answer for an insert");
  return message;
}
