import type { Sql, TransactionSql } from "postgres";
import { type StoredEvent, wholeEvent } from "./events.ts";

/** A stretch of a log that can change no more: everything after `firstSeq - 1`, up to `lastSeq`, as one zstd frame of server-sent events. */
export interface LogSegment {
  firstSeq: number;
  lastSeq: number;
  /** It holds the run's end. */
  ended: boolean;
  bytes: Buffer;
}

/** The next segments of a run that hold something after `seq`, in order. */
export const segmentsAfter = (sql: Sql, runId: string, seq: number, limit: number): Promise<LogSegment[]> => sql<LogSegment[]>`
  select first_seq as "firstSeq", last_seq as "lastSeq", bytes,
    exists (select from events where run_id = ${runId} and seq = last_seq and type = 'run-ended') as ended
  from log_segments where run_id = ${runId} and last_seq > ${seq} order by first_seq limit ${limit}`;

/**
 * Takes the sealing of a run's log until the transaction ends. Returns the last number that is in a segment, or 0; null when another process has it. Two
 * statements: one would look at the segments before it has the lock, and miss what was made meanwhile.
 */
export async function lockSealing(sql: TransactionSql, runId: string): Promise<number | null> {
  const [lock] = await sql<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(hashtext('log-segments'), hashtext(${runId})) as taken`;
  if (!lock?.taken) return null;
  const [row] = await sql<{ seq: number }[]>`select coalesce(max(last_seq), 0) as seq from log_segments where run_id = ${runId}`;
  return row?.seq ?? 0;
}

/**
 * The next events of a log that can change no more, and whether the log has ended. Rows are written in the order of their numbers and only
 * live text is ever deleted: so nothing changes before the first live text, and nothing at all once the run has ended.
 */
export async function settledEvents(sql: Sql | TransactionSql, runId: string, seq: number, limit: number): Promise<StoredEvent[]> {
  return sql<StoredEvent[]>`
    select events.run_id as "runId", events.seq, events.type, ${wholeEvent(sql)} from events
    where run_id = ${runId} and seq > ${seq} and seq < coalesce(
      (select min(live.seq) from events live where live.run_id = ${runId} and live.seq > ${seq} and live.type = 'text-appended'
        and not exists (select from events last where last.run_id = ${runId} and last.type = 'run-ended')), 2147483647)
    order by seq limit ${limit}`;
}

/** Keeps a segment. */
export async function insertSegment(
  sql: TransactionSql,
  runId: string,
  { firstSeq, lastSeq, bytes }: Omit<LogSegment, "ended">,
): Promise<void> {
  await sql`insert into log_segments (run_id, first_seq, last_seq, bytes) values (${runId}, ${firstSeq}, ${lastSeq}, ${bytes})`;
}
