import type { Sql } from "postgres";

export interface StorageFacts {
  /** `18.4` */
  version: string;
  bytes: number;
  /** Milliseconds of one round trip, measured on a connection that is open. */
  roundTripMs: number;
}

/** What can be said of the database before it holds anything. Needs no table. */
export async function storageFacts(sql: Sql): Promise<StorageFacts> {
  const [facts] = await sql<{ version: string; bytes: number }[]>`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes`;
  const began = performance.now();
  await sql`select 1`;
  return { version: facts?.version ?? "", bytes: facts?.bytes ?? 0, roundTripMs: performance.now() - began };
}

/** Runs that are worked on, and runs that wait for a worker. */
export async function runLoad(sql: Sql): Promise<{ running: number; queued: number }> {
  const [load] = await sql<{ running: number; queued: number }[]>`
    select count(*) filter (where status = 'running')::int as running, count(*) filter (where status = 'queued')::int as queued
    from runs where status in ('running', 'queued')`;
  return load ?? { running: 0, queued: 0 };
}
