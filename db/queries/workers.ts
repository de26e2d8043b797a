import type { Sql } from "postgres";
import { z } from "zod";
import { type CheckedPart, checkedPartSchema } from "#lib/domain/check-up.ts";

// A worker is alive while it holds its advisory lock: the lock belongs to its connection, so it is free the moment the process dies.
const lockKey = (sql: Sql, workerId: string) => sql`hashtextextended('worker:' || ${workerId}, 0)`;
const heldLocks = (sql: Sql) => sql`
  select (classid::bigint << 32) | objid::bigint as key from pg_locks
  where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`;

/** Marks this process as a living worker, on a connection that must stay open for as long as it works. Forgets workers that died long ago. */
export async function registerWorker(connection: Sql, workerId: string): Promise<void> {
  await holdLock(connection, workerId);
  await connection`insert into workers (id) values (${workerId}) on conflict (id) do nothing`;
  await connection`
    delete from workers where started_at < now() - interval '7 days' and hashtextextended('worker:' || id, 0) not in (${heldLocks(connection)})`;
}

/** Takes the worker's lock unless this connection has it: a connection that was lost and opened anew has lost its locks too. */
export async function holdLock(connection: Sql, workerId: string): Promise<void> {
  await connection`
    select pg_try_advisory_lock(${lockKey(connection, workerId)})
    where not exists (select from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid())`;
}

export async function livingWorkers(sql: Sql): Promise<number> {
  const [row] = await sql<{ living: number }[]>`
    select count(*)::int as living from workers where hashtextextended('worker:' || id, 0) in (${heldLocks(sql)})`;
  return row?.living ?? 0;
}

/** Runs that should be worked on and have no job that could bring them to a worker. */
export async function strandedRuns(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from runs where status in ('queued', 'running') and created_at < now() - interval '10 seconds' and not exists (
      select from queue.job where job.name = 'runs' and job.data->>'runId' = runs.id::text and job.state in ('created', 'retry', 'active'))`;
  return rows.map((row) => row.id);
}

/** Runs whose worker is dead while its job still counts as being worked on. */
export async function orphanedRuns(sql: Sql, workerId: string): Promise<{ jobId: string; retryCount: number }[]> {
  return sql<{ jobId: string; retryCount: number }[]>`
    select runs.job_id as "jobId", runs.job_retry as "retryCount" from runs
    join queue.job job on job.id = runs.job_id and job.name = 'runs' and job.state = 'active' and job.retry_count = runs.job_retry
    where runs.status = 'running' and runs.worker_id <> ${workerId}
      and hashtextextended('worker:' || runs.worker_id, 0) not in (${heldLocks(sql)})`;
}

/** Keeps what a worker found out about the tools that run on its machine. */
export async function keepTools(sql: Sql, workerId: string, tools: readonly CheckedPart[]): Promise<void> {
  await sql`update workers set tools = ${sql.json(tools as never)} where id = ${workerId}`;
}

/** What the living workers found out about their tools, the newest worker's first; those that have not found out yet are left out. */
export async function toldTools(sql: Sql): Promise<CheckedPart[][]> {
  const rows = await sql<{ tools: unknown }[]>`
    select tools from workers where tools is not null and hashtextextended('worker:' || id, 0) in (${heldLocks(sql)}) order by started_at desc`;
  return rows.map((row) => z.array(checkedPartSchema).parse(row.tools));
}
