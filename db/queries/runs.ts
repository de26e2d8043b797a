import type { Sql, TransactionSql } from "postgres";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { logFormat } from "#lib/domain/log-format.ts";
import { type Run, type RunStatus, runSchema } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";

type Executor = Sql | TransactionSql;

const columns = (sql: Executor) => sql`
  runs.id, runs.session_id as "sessionId", runs.status, runs.mode, runs.question, runs.termination, runs.report_id as "reportId",
  runs.heavy, runs.usage, runs.budget, runs.created_at as "createdAt", runs.ended_at as "endedAt"`;

/** One run of the viewer; null when there is none, or it is somebody else's. */
export async function getRun(sql: Executor, viewer: Viewer, runId: string): Promise<Run | null> {
  if (!isUuid(runId)) return null;
  const [row] = await sql`
    select ${columns(sql)} from runs join sessions on sessions.id = runs.session_id
    where runs.id = ${runId} and sessions.viewer_id = ${viewer.id}`;
  return row ? readRun(row) : null;
}

/** The runs of a session in the order they were asked. The caller has checked the session's viewer. */
export async function runsOf(sql: Executor, sessionId: string): Promise<Run[]> {
  const rows = await sql`select ${columns(sql)} from runs where session_id = ${sessionId} order by created_at, id`;
  return rows.map(readRun);
}

export const readRun = (row: Record<string, unknown>): Run =>
  runSchema.parse({ ...row, createdAt: iso(row.createdAt), endedAt: row.endedAt === null ? null : iso(row.endedAt) });

export const iso = (value: unknown): string => (value instanceof Date ? value.toISOString() : new Date(String(value)).toISOString());

export interface Claim {
  runId: string;
  epoch: number;
  question: string;
  mode: string;
  budget: unknown;
  /** By the database's clock. */
  claimedAt: Date;
}

/**
 * Takes a run for a worker: raises its epoch, so that whoever held it before can no longer append, and marks its log as one that this
 * version goes on with. Null when the run has ended, is paused or gone, or is worked on for another job that is alive: of a run that was
 * resumed while its old job still counted as active there are two, and they must not take it from each other for ever. Null also when the job
 * itself has been given to another worker meanwhile. "newer" when its log is of a version after this one.
 * `again`: the same attempt of the same job goes on after an outage, and only if nobody else has taken the run meanwhile. A claim whose
 * answer was lost is made once more; all it costs is a number.
 */
export async function claimRun(
  sql: Sql,
  runId: string,
  holder: { workerId: string; jobId: string; jobRetry: number },
  { again = false }: { again?: boolean } = {},
): Promise<Claim | "newer" | null> {
  const [row] = await sql<Claim[]>`
    update runs set epoch = epoch + 1, status = 'running', worker_id = ${holder.workerId}, job_id = ${holder.jobId}, job_retry = ${holder.jobRetry},
      log_format = ${logFormat}
    where id = ${runId} and log_format <= ${logFormat}
      and (status = 'queued' or (status = 'running' and (job_id = ${holder.jobId} or not exists (
        select from queue.job where job.name = 'runs' and job.id = runs.job_id and job.state in ('created', 'retry', 'active')))))
      and not exists (
        select from queue.job where job.name = 'runs' and job.id = ${holder.jobId} and (job.state <> 'active' or job.retry_count <> ${holder.jobRetry}))
      and (not ${again} or (worker_id, job_id, job_retry) = (${holder.workerId}, ${holder.jobId}, ${holder.jobRetry}))
    returning id as "runId", epoch, question, mode, budget, clock_timestamp() as "claimedAt"`;
  if (row) return row;
  const [newer] = await sql`select id from runs where id = ${runId} and status in ('queued', 'running') and log_format > ${logFormat}`;
  return newer ? "newer" : null;
}

/** Ends a run whose epoch still holds. False when another worker owns it now. Part of the transaction that writes its last events. */
export async function endRun(
  sql: TransactionSql,
  end: { runId: string; epoch: number; status: string; termination: string; reportId: string | null; usage: unknown },
): Promise<boolean> {
  const rows = await sql`
    update runs set status = ${end.status}, termination = ${end.termination}, report_id = coalesce(${end.reportId}, report_id),
      usage = ${sql.json(end.usage as never)}, ended_at = now()
    where id = ${end.runId} and epoch = ${end.epoch} and status in ('queued', 'running', 'paused') returning id`;
  return rows.length === 1;
}

/** A run whose row is held until the transaction ends: nobody claims it, appends to it or ends it meanwhile. */
export interface HeldRun {
  runId: string;
  status: RunStatus;
  mode: string;
  heavy: HeavyPlan | null;
}

/** Holds a run of the viewer's; null when there is none, or it is somebody else's. */
export async function holdRun(sql: TransactionSql, viewer: Viewer, runId: string): Promise<HeldRun | null> {
  const run = await getRun(sql, viewer, runId);
  if (!run) return null;
  const [row] = await sql<{ status: RunStatus }[]>`select status from runs where id = ${runId} for update`;
  return row ? { runId, status: row.status, mode: run.mode, heavy: run.heavy } : null;
}

/** Takes a held run out of every worker's reach: what one still has to say of it is not written. Returns the epoch under which it can be ended. */
export async function takeFromWorkers(sql: TransactionSql, runId: string, status: "queued" | "running" | "paused"): Promise<number> {
  const [row] = await sql<{ epoch: number }[]>`
    update runs set epoch = epoch + 1, status = ${status}, worker_id = null, job_id = null where id = ${runId} returning epoch`;
  return row?.epoch ?? 0;
}

/** Whether a worker is at work on a run: its job is taken, and that it has begun stands in the log, before which nothing is asked of anybody. */
export async function isAtWork(sql: TransactionSql, runId: string): Promise<boolean> {
  const rows = await sql`
    select from runs join queue.job on job.name = 'runs' and job.id = runs.job_id and job.state = 'active'
    where runs.id = ${runId} and exists (select from events where run_id = ${runId} and type = 'run-started')`;
  return rows.length === 1;
}

/** Whether a run was ended by the holder of this epoch: whoever else ends a run raises its epoch first. */
export async function endedUnder(sql: TransactionSql, runId: string, epoch: number): Promise<boolean> {
  const rows = await sql`select from runs where id = ${runId} and epoch = ${epoch} and ended_at is not null`;
  return rows.length === 1;
}
