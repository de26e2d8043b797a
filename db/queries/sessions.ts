import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { attachmentsOfSession, deleteUnused } from "#db/queries/attachments.ts";
import { iso, runsOf } from "#db/queries/runs.ts";
import type { Run } from "#lib/domain/run.ts";
import { type Session, type SessionRow, sessionRowSchema, sessionSchema } from "#lib/domain/session.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";
import { mostSearchText, prefixQuery, searchVector } from "#lib/std/search-vector.ts";

const asSession = (row: Record<string, unknown>): Session =>
  sessionSchema.parse({ ...row, createdAt: iso(row.createdAt), updatedAt: iso(row.updatedAt) });

export async function createSession(db: Database, viewer: Viewer, title: string): Promise<Session> {
  const [row] = await db.sql`
    insert into sessions (id, viewer_id, title, search) values (${randomUUID()}, ${viewer.id}, ${title}, ${searchVector(title)}::tsvector)
    returning id, title, created_at as "createdAt", updated_at as "updatedAt"`;
  if (!row) throw new Error("The database returned no session for an insert");
  return asSession(row);
}

/**
 * The viewer's sessions, newest first, 50 a page. `q` searches titles, questions and reports; every word has to occur. `cursor` is the
 * `next` of the page before.
 */
export async function listSessions(
  db: Database,
  viewer: Viewer,
  options: { q?: string; cursor?: string; limit?: number } = {},
): Promise<{ items: SessionRow[]; next: string | null }> {
  const limit = options.limit ?? 50;
  const before = readCursor(options.cursor);
  const words = options.q ? prefixQuery(options.q) : "";
  const rows = await db.sql`
    select sessions.id, title, sessions.created_at as "createdAt", sessions.updated_at as "updatedAt", ${exactly(db.sql)} as "exactly",
      case when run.id is null then null else jsonb_build_object('id', run.id, 'status', run.status, 'steps', run.steps, 'lanes', run.heavy->'lanes') end as "lastRun"
    from sessions
    left join lateral (select id, status, steps, heavy from runs where session_id = sessions.id order by created_at desc, id limit 1) run on true
    where viewer_id = ${viewer.id}
      ${before ? db.sql`and (sessions.updated_at, sessions.id) < (${before.at}::text::timestamptz, ${before.id}::uuid)` : db.sql``}
      ${words ? db.sql`and search @@ ${words}::tsquery` : db.sql``}
    order by sessions.updated_at desc, sessions.id desc limit ${limit + 1}`;
  const items = rows.slice(0, limit).map((row) => sessionRowSchema.parse({ ...asSession(row), lastRun: row.lastRun }));
  const last = rows[limit - 1];
  return { items, next: rows.length > limit && last ? `${last.exactly}_${last.id}` : null };
}

/** With its microseconds, which a Date loses: of two sessions of one millisecond the second would be on no page. It is given back as text, or the driver makes a Date of it. */
const exactly = (sql: Sql) => sql`to_char(sessions.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  const [at, id] = cursor?.split("_") ?? [];
  return at && id && !Number.isNaN(Date.parse(at)) && isUuid(id) ? { at, id } : null;
}

/** A session with its runs; null when there is none, or it is somebody else's. */
export async function getSession(db: Database, viewer: Viewer, id: string): Promise<(Session & { runs: Run[] }) | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.sql`
    select id, title, created_at as "createdAt", updated_at as "updatedAt" from sessions where id = ${id} and viewer_id = ${viewer.id}`;
  return row ? { ...asSession(row), runs: await runsOf(db.sql, id) } : null;
}

export async function renameSession(db: Database, viewer: Viewer, id: string, title: string): Promise<Session | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.sql`
    update sessions set title = ${title}, search = search || ${searchVector(title)}::tsvector where id = ${id} and viewer_id = ${viewer.id}
    returning id, title, created_at as "createdAt", updated_at as "updatedAt"`;
  return row ? asSession(row) : null;
}

/** Deletes a session with everything in it: runs, log, sources, reports, and the files that came with its questions. False when there was none. */
export async function deleteSession(db: Database, viewer: Viewer, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  return db.sql.begin(async (sql) => {
    const [locked] = await sql`select from sessions where id = ${id} and viewer_id = ${viewer.id} for update`; // nothing is asked in it from here on
    if (!locked) return false;
    const files = await attachmentsOfSession(sql, id);
    await sql`delete from sessions where id = ${id}`;
    await deleteUnused(sql, files);
    return true;
  });
}

/** Makes a run's text findable by its session. A text too long for one index entry is cut: the beginning is what people remember. */
export async function addToSearch(sql: TransactionSql, runId: string, text: string): Promise<void> {
  await sql`
    update sessions set search = case when length(search::text) < ${mostSearchText} then strip(search || ${searchVector(text.slice(0, 100_000))}::tsvector) else search end,
      updated_at = now()
    where id = (select session_id from runs where id = ${runId})`;
}
