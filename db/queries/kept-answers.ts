import type { Sql } from "postgres";
import type { Viewer } from "#lib/domain/viewer.ts";

/** A request under a key. The key is stored as its hash alone, so that what is kept can be read only by who has it. */
export interface KeyedRequest {
  keyHash: string;
  /** sha256 of method, path and body. */
  requestHash: Uint8Array;
}

/** `carry-out`: it is the first. `kept`: what the first was answered. `under-way`: the first is still being carried out. `other`: the key was used for another request. */
export type Begun = { kind: "carry-out" } | { kind: "kept"; answer: string } | { kind: "under-way" } | { kind: "other" };

/** Takes a key for a request, or tells what became of the request that has it. One whose carrying out ended with its process a minute ago is begun anew. */
export async function beginRequest(sql: Sql, viewer: Viewer, { keyHash, requestHash }: KeyedRequest): Promise<Begun> {
  await sql`delete from kept_answers where created_at < now() - interval '1 day'`;
  const taken = await sql`
    insert into kept_answers (viewer_id, key, request_hash) values (${viewer.id}, ${keyHash}, ${requestHash})
    on conflict (viewer_id, key) do update set created_at = now()
      where kept_answers.body is null and kept_answers.created_at < now() - interval '1 minute' and kept_answers.request_hash = excluded.request_hash
    returning key`;
  if (taken.length === 1) return { kind: "carry-out" };
  const [row] = await sql<{ requestHash: Uint8Array; body: string | null }[]>`
    select request_hash as "requestHash", body from kept_answers where viewer_id = ${viewer.id} and key = ${keyHash}`;
  if (!row) return { kind: "under-way" }; // its request failed between the two statements: who asks again begins it
  if (Buffer.compare(row.requestHash, requestHash) !== 0) return { kind: "other" };
  return row.body === null ? { kind: "under-way" } : { kind: "kept", answer: row.body };
}

/** Keeps for a day what a request was answered. */
export async function keepAnswer(
  sql: Sql,
  viewer: Viewer,
  keyHash: string,
  { status, answer }: { status: number; answer: string },
): Promise<void> {
  await sql`update kept_answers set status = ${status}, body = ${answer} where viewer_id = ${viewer.id} and key = ${keyHash}`;
}

/** Gives the key free again: the request changed nothing. */
export async function forgetRequest(sql: Sql, viewer: Viewer, keyHash: string): Promise<void> {
  await sql`delete from kept_answers where viewer_id = ${viewer.id} and key = ${keyHash} and body is null`;
}
