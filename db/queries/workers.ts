import type { Sql } from "postgres";
import { z } from "zod";
import { type CheckedPart, checkedPartSchema } from "#lib/domain/check-up.ts";
import { logFormat } from "#lib/domain/log-format.ts";

// A worker is alive while it holds its advisory lock and says so: the lock belongs to its connection, so it is free the moment the process
// dies, and a process that is frozen keeps the lock and says nothing.
const lockKey = (sql: Sql, workerId: string) => sql`hashtextextended('worker:' || ${workerId}, 0)`;
const heldLocks = (sql: Sql) => sql`
  select (classid::bigint << 32) | objid::bigint as key from pg_locks
  where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`;
/** Null: a worker of a version that did not say when it lives. Ten seconds: twenty times as long as it takes between two signs. */
const alive = (sql: Sql) => sql`
  hashtextextended('worker:' || workers.id, 0) in (${heldLocks(sql)}) and (workers.seen_at is null or workers.seen_at > now() - interval '10 seconds')`;

/** Marks this process as a living worker, on a connection that must stay open for as long as it works. Forgets workers that died long ago. */
export async function registerWorker(connection: Sql, workerId: string): Promise<void> {
  await giveSign(connection, workerId);
  await connection`
    delete from workers where started_at < now() - interval '7 days' and hashtextextended('worker:' || id, 0) not in (${heldLocks(connection)})`;
}

/** What can be seen of another worker that has runs. `seenAt` is compared with itself only, so that no clock matters; null where it tells none. */
export interface Sighting {
  id: string;
  seenAt: string | null;
  holdsLock: boolean;
}

/**
 * Says that this worker lives, and tells what is seen of those that have runs. Takes the worker's lock unless this connection has it: a
 * connection that was lost and opened anew has lost its locks too.
 */
export async function giveSign(connection: Sql, workerId: string): Promise<Sighting[]> {
  return connection<Sighting[]>`
    with held as (
      select pg_try_advisory_lock(${lockKey(connection, workerId)})
      where not exists (select from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid())
    ), seen as (
      insert into workers (id, seen_at) values (${workerId}, now()) on conflict (id) do update set seen_at = now()
    )
    select holder.id, workers.seen_at::text as "seenAt", hashtextextended('worker:' || holder.id, 0) in (${heldLocks(connection)}) as "holdsLock"
    from (select distinct worker_id as id from runs where status = 'running' and worker_id <> ${workerId}) holder
    left join workers on workers.id = holder.id
    where (select count(*) from held) >= 0`;
}

export async function livingWorkers(sql: Sql): Promise<number> {
  const [row] = await sql<{ living: number }[]>`select count(*)::int as living from workers where ${alive(sql)}`;
  return row?.living ?? 0;
}

/** Runs that should be worked on, by this version, and have no job that could bring them to a worker. */
export async function strandedRuns(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from runs where status in ('queued', 'running') and log_format <= ${logFormat} and created_at < now() - interval '10 seconds' and not exists (
      select from queue.job where job.name = 'runs' and job.data->>'runId' = runs.id::text and job.state in ('created', 'retry', 'active'))`;
  return rows.map((row) => row.id);
}

/** Runs of dead workers whose job still counts as being worked on. */
export async function orphanedRuns(sql: Sql, dead: readonly string[]): Promise<{ jobId: string; retryCount: number }[]> {
  return sql<{ jobId: string; retryCount: number }[]>`
    select runs.job_id as "jobId", runs.job_retry as "retryCount" from runs
    join queue.job job on job.id = runs.job_id and job.name = 'runs' and job.state = 'active' and job.retry_count = runs.job_retry
    where runs.status = 'running' and runs.worker_id = any(${[...dead]})`;
}

/**
 * Jobs that a worker has taken, and of whose run it has not become the holder within three seconds: it died in between, and the run still
 * names the one before it. Where it was only slow, its claim fails (see claimRun).
 */
export async function unclaimedJobs(sql: Sql): Promise<{ jobId: string; retryCount: number }[]> {
  return sql<{ jobId: string; retryCount: number }[]>`
    select job.id as "jobId", job.retry_count as "retryCount" from queue.job job
    join runs on runs.id = (job.data->>'runId')::uuid and runs.status in ('queued', 'running')
    where job.name = 'runs' and job.state = 'active' and job.started_on < now() - interval '3 seconds'
      and (runs.job_id, runs.job_retry) is distinct from (job.id, job.retry_count)`;
}

/** Keeps what a worker found out about the tools that run on its machine. */
export async function keepTools(sql: Sql, workerId: string, tools: readonly CheckedPart[]): Promise<void> {
  await sql`update workers set tools = ${sql.json(tools as never)} where id = ${workerId}`;
}

/** What the living workers found out about their tools, the newest worker's first; those that have not found out yet are left out. */
export async function toldTools(sql: Sql): Promise<CheckedPart[][]> {
  const rows = await sql<{ tools: unknown }[]>`
    select tools from workers where tools is not null and ${alive(sql)} order by started_at desc`;
  return rows.map((row) => z.array(checkedPartSchema).parse(row.tools));
}
