import { createHash, randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import type { Viewer } from "#lib/domain/viewer.ts";

/** How long a link that lets a browser in is good: long enough to walk to another room, too short to be found in a log. */
export const launchLinkMinutes = 60;
/** How long a browser stays let in after it was last seen. */
export const browserDays = 365;

/** 256 bits that nobody guesses, as base64url. Only the hash of one is ever stored, so that a copy of the database lets nobody in. */
const newToken = () => randomBytes(32).toString("base64url");
const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** Makes a link that lets one browser in, once. Its token is told here and never again. */
export async function makeLaunchLink(sql: Sql): Promise<string> {
  const token = newToken();
  await sql`
    with gone as (delete from launch_links where expires_at < now())
    insert into launch_links (token_hash, expires_at) values (${hashOf(token)}, now() + ${`${launchLinkMinutes} minutes`}::interval)`;
  return token;
}

/** Exchanges a link for a browser's token, in one statement: of any number that come with it at once, one is let in. Null for the others. */
export async function exchangeLaunchLink(sql: Sql, viewer: Viewer, linkToken: string): Promise<string | null> {
  const token = newToken();
  const rows = await sql`
    with used as (
      update launch_links set used_at = now() where token_hash = ${hashOf(linkToken)} and used_at is null and expires_at > now() returning 1
    )
    insert into browsers (token_hash, viewer_id, expires_at)
    select ${hashOf(token)}, ${viewer.id}, now() + ${`${browserDays} days`}::interval from used returning 1`;
  return rows.length === 1 ? token : null;
}

/** Lets in a browser whose reader has proved it otherwise, and forgets those that have not come for a year. */
export async function letBrowserIn(sql: Sql, viewer: Viewer): Promise<string> {
  const token = newToken();
  await sql`
    with gone as (delete from browsers where expires_at < now())
    insert into browsers (token_hash, viewer_id, expires_at)
    values (${hashOf(token)}, ${viewer.id}, now() + ${`${browserDays} days`}::interval)`;
  return token;
}

/**
 * Whom a browser with this token shows things to; null when it was not let in, was signed out, or did not come for a year. `isStale`: it was last
 * seen more than a day ago, and its year should begin anew.
 */
export async function browserOf(sql: Sql, token: string): Promise<{ viewer: Viewer; isStale: boolean } | null> {
  const [row] = await sql<{ id: string; isStale: boolean }[]>`
    select viewer_id as id, seen_at < now() - interval '1 day' as "isStale" from browsers
    where token_hash = ${hashOf(token)} and expires_at > now()`;
  return row ? { viewer: { id: row.id }, isStale: row.isStale } : null;
}

/** Begins a browser's year anew. */
export async function renewBrowser(sql: Sql, token: string): Promise<void> {
  await sql`
    update browsers set seen_at = now(), expires_at = now() + ${`${browserDays} days`}::interval
    where token_hash = ${hashOf(token)} and expires_at > now()`;
}

/** From now on the browser with this token is not let in. */
export async function signBrowserOut(sql: Sql, token: string): Promise<void> {
  await sql`delete from browsers where token_hash = ${hashOf(token)}`;
}
