import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { type AttachmentRef, attachmentRefSchema } from "#lib/domain/attachment.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";

const columns = (sql: Sql | TransactionSql) => sql`attachments.id, attachments.name, attachments.type, attachments.size`;

/** Two files of one name and one hash are the same file, however often it was uploaded. */
export type HashedRef = AttachmentRef & { hash: string };

export async function insertAttachment(
  db: Database,
  viewer: Viewer,
  file: { name: string; type: string; hash: string; bytes: Uint8Array },
): Promise<AttachmentRef> {
  const [row] = await db.sql`
    insert into attachments (id, viewer_id, name, type, size, hash, bytes)
    values (${randomUUID()}, ${viewer.id}, ${file.name}, ${file.type}, ${file.bytes.byteLength}, ${file.hash}, ${file.bytes})
    returning ${columns(db.sql)}`;
  return attachmentRefSchema.parse(row);
}

/** A file with its bytes; null when there is none, or it is somebody else's. */
export async function getAttachment(db: Database, viewer: Viewer, id: string): Promise<{ name: string; bytes: Uint8Array } | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.sql<{ name: string; bytes: Uint8Array }[]>`
    select name, bytes from attachments where id = ${id} and viewer_id = ${viewer.id}`;
  return row ?? null;
}

/** The bytes of a file that a run names in its log; null when it is gone. */
export async function attachmentBytes(sql: Sql, id: string): Promise<Uint8Array | null> {
  const [row] = await sql<{ bytes: Uint8Array }[]>`select bytes from attachments where id = ${id}`;
  return row?.bytes ?? null;
}

/** Deletes a file that came with no question. */
export async function deleteAttachment(db: Database, viewer: Viewer, id: string): Promise<"deleted" | "in-use" | "missing"> {
  if (!isUuid(id)) return "missing";
  return db.sql.begin(async (sql) => {
    const [row] = await sql`select from attachments where id = ${id} and viewer_id = ${viewer.id}`;
    if (!row) return "missing";
    return (await deleteUnused(sql, [id])) === 1 ? "deleted" : "in-use";
  });
}

/** Deletes the viewer's files that came with no question within a day: they were attached, and the question was never sent. */
export async function deleteForgotten(db: Database, viewer: Viewer): Promise<void> {
  const rows = await db.sql<{ id: string }[]>`
    select id from attachments where viewer_id = ${viewer.id} and created_at < now() - interval '24 hours'
      and not exists (select from run_attachments where attachment_id = attachments.id)`;
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await db.sql.begin((sql) => deleteUnused(sql, ids));
}

/**
 * Deletes those of the files that no run names, and tells how many. The rows are locked before it is looked who names them, so that a
 * question being asked with one of them at this moment either keeps it or finds it gone.
 */
export async function deleteUnused(sql: TransactionSql, ids: string[]): Promise<number> {
  await sql`select from attachments where id = any(${ids}) order by id for update`;
  const deleted = await sql`
    delete from attachments where id = any(${ids}) and not exists (select from run_attachments where attachment_id = attachments.id)`;
  return deleted.count;
}

/** The viewer's files of these ids in the order of the ids, kept from being deleted until the transaction ends. Those that are missing are left out. */
export async function lockAttachments(sql: TransactionSql, viewer: Viewer, ids: readonly string[]): Promise<HashedRef[]> {
  const rows = await sql<HashedRef[]>`
    select ${columns(sql)}, hash from attachments where id = any(${ids.filter(isUuid)}) and viewer_id = ${viewer.id} order by id for key share`;
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

export async function nameAttachments(sql: TransactionSql, runId: string, ids: readonly string[]): Promise<void> {
  await sql`
    insert into run_attachments (run_id, attachment_id, position)
    select ${runId}, id, position from unnest(${ids}::uuid[]) with ordinality as named(id, position)`;
}

/** The files of the session's questions before this one, of the latest first. */
export async function earlierAttachments(sql: TransactionSql, runId: string): Promise<HashedRef[]> {
  return sql<HashedRef[]>`
    select ${columns(sql)}, hash from runs this
    join runs on runs.session_id = this.session_id and runs.id <> this.id
    join run_attachments on run_attachments.run_id = runs.id
    join attachments on attachments.id = run_attachments.attachment_id
    where this.id = ${runId}
    order by runs.created_at desc, runs.id, run_attachments.position`;
}

/** The ids of all files that came with questions of a session. */
export async function attachmentsOfSession(sql: TransactionSql, sessionId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select distinct attachment_id as id from run_attachments join runs on runs.id = run_attachments.run_id where session_id = ${sessionId}`;
  return rows.map((row) => row.id);
}
