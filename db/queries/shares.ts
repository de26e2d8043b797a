import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { iso } from "#db/queries/runs.ts";
import { type Share, type ShareScope, shareSchema } from "#lib/domain/share.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";

const columns = (sql: Sql | TransactionSql) => sql`
  shares.id, shares.report_id as "reportId", runs.question, reports.version, shares.scope, shares.indexable, shares.created_at as "createdAt",
  shares.expires_at as "expiresAt", shares.revoked_at as "revokedAt", shares.views, shares.last_viewed_at as "lastViewedAt"`;
const asShare = (row: Record<string, unknown>): Share => {
  const [revokedAt, lastViewedAt] = [row.revokedAt, row.lastViewedAt].map((at) => (at === null ? null : iso(at)));
  return shareSchema.parse({ ...row, createdAt: iso(row.createdAt), expiresAt: iso(row.expiresAt), revokedAt, lastViewedAt });
};

/** Links to one report that may be open at a time: more than anybody keeps an eye on. */
export const mostOpenShares = 100;

export interface NewShare {
  reportId: string;
  scope: ShareScope;
  indexable: boolean;
  expiresAt: Date;
}
export type MadeShare = { kind: "made"; share: Share; token: string } | { kind: "no-report" } | { kind: "too-many" };

/** Makes a link to a report of the viewer's. The token is told here and never again: what is stored opens nothing. */
export async function createShare(db: Database, viewer: Viewer, wanted: NewShare): Promise<MadeShare> {
  if (!isUuid(wanted.reportId)) return { kind: "no-report" };
  const token = randomBytes(32).toString("base64url");
  return db.sql.begin(async (sql): Promise<MadeShare> => {
    // The row is held, so that the limit holds also for requests side by side.
    const [report] = await sql`
      select reports.id from reports join runs on runs.id = reports.run_id join sessions on sessions.id = runs.session_id
      where reports.id = ${wanted.reportId} and sessions.viewer_id = ${viewer.id} for update of reports`;
    if (!report) return { kind: "no-report" };
    const [open] = await sql<{ count: number }[]>`
      select count(*)::int as count from shares where report_id = ${wanted.reportId} and revoked_at is null and expires_at > now()`;
    if ((open?.count ?? 0) >= mostOpenShares) return { kind: "too-many" };
    const [row] = await sql`
      with made as (
        insert into shares (id, viewer_id, report_id, token_hash, scope, indexable, expires_at)
        values (${randomUUID()}, ${viewer.id}, ${wanted.reportId}, ${hashOf(token)}, ${wanted.scope}, ${wanted.indexable}, ${wanted.expiresAt})
        returning *
      )
      select ${columns(sql)} from made shares join reports on reports.id = shares.report_id join runs on runs.id = reports.run_id`;
    if (!row) throw new Error("The database returned no share for an insert");
    return { kind: "made", share: asShare(row), token };
  });
}

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** The viewer's links, newest first, 50 a page; of one report where it is named. `cursor` is the `next` of the page before. */
export async function listShares(
  db: Database,
  viewer: Viewer,
  options: { reportId?: string; cursor?: string; limit?: number } = {},
): Promise<{ items: Share[]; next: string | null }> {
  const limit = options.limit ?? 50;
  const [at, id] = options.cursor?.split("_") ?? [];
  const rows = await db.sql`
    select ${columns(db.sql)}, to_char(shares.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "madeAt"
    from shares join reports on reports.id = shares.report_id join runs on runs.id = reports.run_id
    where shares.viewer_id = ${viewer.id}
      ${options.reportId === undefined ? db.sql`` : db.sql`and shares.report_id = ${options.reportId}`}
      ${at && id ? db.sql`and (shares.created_at, shares.id) < (${at}::text::timestamptz, ${id}::uuid)` : db.sql``}
    order by shares.created_at desc, shares.id desc limit ${limit + 1}`;
  const last = rows[limit - 1];
  return { items: rows.slice(0, limit).map(asShare), next: rows.length > limit && last ? `${last.madeAt}_${last.id}` : null };
}

/** Ends a link at once. False when there is none, or it is somebody else's; one that was revoked before keeps its time. */
export async function revokeShare(db: Database, viewer: Viewer, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const rows = await db.sql`
    update shares set revoked_at = coalesce(revoked_at, now()) where id = ${id} and viewer_id = ${viewer.id} returning id`;
  return rows.length === 1;
}

/** What a token opens now; null for one that is unknown, has ended or was revoked. It is looked for by its hash, so the time it takes tells nothing of it. */
export async function openShare(sql: Sql, token: string): Promise<Share | null> {
  const [row] = await sql`
    select ${columns(sql)} from shares join reports on reports.id = shares.report_id join runs on runs.id = reports.run_id
    where shares.token_hash = ${hashOf(token)} and shares.revoked_at is null and shares.expires_at > now()`;
  return row ? asShare(row) : null;
}

export async function countView(sql: Sql, id: string): Promise<void> {
  await sql`update shares set views = views + 1, last_viewed_at = now() where id = ${id}`;
}
