import type { Sql } from "postgres";
import type { Claim, Write } from "./history.ts";

/**
 * Has the database write down every change of the log, and every claim of a run, beside it: who made it, under which epoch, when. The history
 * is then not told by whoever is tested.
 */
export async function watchLog(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table log_writes (
      id bigserial primary key, run_id uuid, kind text, seq int, type text, at timestamptz, data jsonb, epoch int, writer text,
      written_at timestamptz default clock_timestamp()
    );
    create function note_log_write() returns trigger language plpgsql as $$
    declare row events := coalesce(new, old);
    begin
      insert into log_writes (run_id, kind, seq, type, at, data, epoch, writer)
      select row.run_id, case tg_op when 'INSERT' then 'inserted' when 'DELETE' then 'deleted' else 'updated' end, row.seq, row.type, row.at,
        row.data, runs.epoch, current_setting('application_name') from runs where runs.id = row.run_id;
      return null;
    end $$;
    create trigger note_log_write after insert or update or delete on events for each row execute function note_log_write();
    create table run_claims (run_id uuid, epoch int, worker text, claimed_at timestamptz default clock_timestamp());
    create function note_run_claim() returns trigger language plpgsql as $$
    begin
      insert into run_claims (run_id, epoch, worker) values (new.id, new.epoch, new.worker_id);
      return null;
    end $$;
    create trigger note_run_claim after update of epoch on runs for each row when (new.epoch > old.epoch) execute function note_run_claim();
    create index log_writes_by_run on log_writes (run_id, id);`);
}

/** Everything that was written of a run, in order. */
export async function writesOf(sql: Sql, runId: string): Promise<Write[]> {
  const rows = await sql<Write[]>`
    select kind, seq, type, epoch, writer, extract(epoch from written_at) * 1000 as at,
      (jsonb_build_object('seq', seq, 'type', type, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || data)::text as json
    from log_writes where run_id = ${runId} order by id`;
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

export async function claimsOf(sql: Sql, runId: string): Promise<Claim[]> {
  const rows = await sql<Claim[]>`
    select epoch, worker, extract(epoch from claimed_at) * 1000 as at from run_claims where run_id = ${runId} order by epoch`;
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}
