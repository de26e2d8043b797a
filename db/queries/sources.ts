import { randomUUID } from "node:crypto";
import { domainToUnicode } from "node:url";
import type { Sql } from "postgres";
import type { Database } from "#db/client.ts";
import { iso } from "#db/queries/runs.ts";
import { type Source, sourceSchema } from "#lib/domain/source.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";
import { isCopy, type Sketch, sketchOf } from "#lib/std/sketch.ts";
import { storableText } from "#lib/std/storable.ts";

const columns = (sql: Sql) => sql`
  sources.id, sources.run_id as "runId", sources.n, sources.url, sources.title, sources.site, sources.text, sources.hash, sources.status,
  sources.fetched_at as "fetchedAt", sources.copy_of as "copyOf"`;
const asSource = ({ copyOf, ...row }: Record<string, unknown>): Source =>
  sourceSchema.parse({ ...row, fetchedAt: iso(row.fetchedAt), ...(copyOf !== null && { copyOf }) });

/** A stored copy; null when there is none, or it belongs to somebody else's run. */
export async function getSource(db: Database, viewer: Viewer, id: string): Promise<Source | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.sql`
    select ${columns(db.sql)} from sources join runs on runs.id = sources.run_id join sessions on sessions.id = runs.session_id
    where sources.id = ${id} and sessions.viewer_id = ${viewer.id}`;
  return row ? asSource(row) : null;
}

/** A stored copy for whoever may see it by something else than being its viewer: a share of a report that lists it. */
export async function sourceById(sql: Sql, id: string): Promise<Source | null> {
  const [row] = await sql`select ${columns(sql)} from sources where id = ${id}`;
  return row ? asSource(row) : null;
}

/** Everything a run has read, in the order of reading. */
export async function sourcesOf(sql: Sql, runId: string): Promise<Source[]> {
  const rows = await sql`select ${columns(sql)} from sources where run_id = ${runId} order by n`;
  return rows.map(asSource);
}

/**
 * What a run's sources say of an address: their own addresses on its host, and every mention of the host with the address's path and what
 * follows it. A host may be written in letters of its own, a path in encoded and in plain ones.
 */
export async function sourcesNaming(sql: Sql, runId: string, address: URL): Promise<{ addresses: string[]; mentions: string[] }> {
  const hosts = [...new Set([address.hostname, domainToUnicode(address.hostname)])].map((host) => host.replace(/[^\p{L}\p{N}]/gu, "\\$&"));
  const host = `https?://(?:${hosts.join("|")})`;
  const [encoded, plain] = pathsOf(address);
  const own = await sql<{ url: string; requestedUrl: string }[]>`
    select url, requested_url as "requestedUrl" from sources
    where run_id = ${runId} and (url ~* ${`^${host}([:/?#]|$)`} or requested_url ~* ${`^${host}([:/?#]|$)`})`;
  const texts = await sql<{ mention: string }[]>`
    select distinct left(found[1], 4000) as mention
    from sources, regexp_matches(text, ${`(${host}[^[:space:]"<>]*)`}, 'gi') as found
    where run_id = ${runId} and (strpos(replace(found[1], '\\', ''), ${encoded}) > 0 or strpos(replace(found[1], '\\', ''), ${plain}) > 0)
    limit 2000`;
  return { addresses: own.flatMap((row) => [row.url, row.requestedUrl]), mentions: texts.map((row) => row.mention) };
}

/** The beginning of a path, encoded and not; one that has only the root is named by its host. */
function pathsOf({ pathname, search }: URL): [string, string] {
  const path = `${pathname}${search}`.replace(/\/$/, "").slice(0, 200);
  const whole = path.replace(/%[0-9a-f]?$/i, "");
  try {
    return [whole, storableText(decodeURI(whole))];
  } catch {
    return [whole, whole]; // cut inside a letter, or never one
  }
}

/**
 * Stores a snapshot and numbers it. The same text under the same address in the same run is the same source, so a call that is begun
 * again after a crash finds what the first try stored. One that says nearly what an earlier source of the run says is marked as its copy.
 * Calls for one run must not overlap.
 */
export async function keepSource(
  sql: Sql,
  runId: string,
  page: { requestedUrl: string; url: string; title: string; site: string; text: string; hash: string; status: number; fetchedAt: string },
): Promise<Source> {
  const stored = () => sql`
    select ${columns(sql)} from sources where run_id = ${runId} and url = ${page.url} and hash = ${page.hash}`;
  const [known] = await stored();
  if (known) return asSource(known);
  const sketch = sketchOf(page.text);
  const copyOf = await originOf(sql, runId, sketch);
  await sql`
    insert into sources (id, run_id, n, requested_url, url, title, site, text, hash, status, fetched_at, sketch, copy_of)
    select ${randomUUID()}, ${runId}, coalesce(max(n), 0) + 1, ${page.requestedUrl}, ${page.url}, ${page.title}, ${page.site}, ${page.text},
      ${page.hash}, ${page.status}, ${page.fetchedAt}, ${sketch}, ${copyOf}
    from sources where run_id = ${runId}
    on conflict (run_id, hash, md5(url)) do nothing`;
  const [row] = await stored();
  if (!row) throw new Error("The database returned no source for an insert");
  return asSource(row);
}

/** The number of the earliest source of a run that says nearly the same; null where none does. A copy of a copy is a copy of the first. */
async function originOf(sql: Sql, runId: string, sketch: Sketch): Promise<number | null> {
  const rows = await sql<{ n: number; copyOf: number | null; sketch: Sketch }[]>`
    select n, copy_of as "copyOf", sketch from sources where run_id = ${runId} and sketch is not null order by n`;
  const same = rows.find((row) => isCopy(row.sketch, sketch));
  return same ? (same.copyOf ?? same.n) : null;
}
