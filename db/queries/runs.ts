import type { Sql, TransactionSql } from "postgres";
import { type Run, runSchema } from "#lib/domain/run.ts";
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
}

/**
 * Takes a run for a worker: raises its epoch, so that whoever held it before can no longer append. Null when the run has ended or is gone.
 * `again`: the same attempt of the same job goes on after an outage, and only if nobody else has taken the run meanwhile. A claim whose
 * answer was lost is made once more; all it costs is a number.
 */
export async function claimRun(
  sql: Sql,
  runId: string,
  holder: { workerId: string; jobId: string; jobRetry: number },
  { again = false }: { again?: boolean } = {},
): Promise<Claim | null> {
  const [row] = await sql<Claim[]>`
    update runs set epoch = epoch + 1, status = 'running', worker_id = ${holder.workerId}, job_id = ${holder.jobId}, job_retry = ${holder.jobRetry}
    where id = ${runId} and status in ('queued', 'running')
      and (not ${again} or (worker_id, job_id, job_retry) = (${holder.workerId}, ${holder.jobId}, ${holder.jobRetry}))
    returning id as "runId", epoch, question, mode, budget`;
  return row ?? null;
}

/** Ends a run whose epoch still holds. False when another worker owns it now. Part of the transaction that writes its last events. */
export async function endRun(
  sql: TransactionSql,
  end: { runId: string; epoch: number; status: string; termination: string; reportId: string | null; usage: unknown },
): Promise<boolean> {
  const rows = await sql`
    update runs set status = ${end.status}, termination = ${end.termination}, report_id = coalesce(${end.reportId}, report_id),
      usage = ${sql.json(end.usage as never)}, ended_at = now()
    where id = ${end.runId} and epoch = ${end.epoch} and status in ('queued', 'running') returning id`;
  return rows.length === 1;
}

/** Whether a run was ended by the holder of this epoch: whoever else ends a run raises its epoch first. */
export async function endedUnder(sql: TransactionSql, runId: string, epoch: number): Promise<boolean> {
  const rows = await sql`select from runs where id = ${runId} and epoch = ${epoch} and ended_at is not null`;
  return rows.length === 1;
}

/** Takes a run that is still queued out of every worker's reach, inside the transaction that ends it. Null when a worker has it. */
export async function raiseEpoch(sql: TransactionSql, runId: string): Promise<{ epoch: number; lastSeq: number } | null> {
  const [row] = await sql<{ epoch: number; lastSeq: number }[]>`
    update runs set epoch = epoch + 1 where id = ${runId} and status = 'queued'
    returning epoch, (select max(seq) from events where run_id = ${runId}) as "lastSeq"`;
  return row ?? null;
}
