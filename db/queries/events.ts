import type { Sql, TransactionSql } from "postgres";
import { z } from "zod";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import type { Budget } from "#lib/domain/budget.ts";
import type { EventOf } from "#lib/domain/event.ts";
import type { LoggedEvent } from "#lib/domain/event-frame.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { type ModelCard, modelCardSchema } from "#lib/domain/model-card.ts";
import { rewriteSchema } from "#lib/domain/report.ts";
import { type RunPriority, runModeSchema, runPrioritySchema } from "#lib/domain/run.ts";

/** A row of the log on its way in. `epoch` is the fence: a row whose epoch is not the run's current one is not written. */
export interface EventRow {
  runId: string;
  epoch: number;
  seq: number;
  type: string;
  at: string;
  data: Record<string, unknown>;
}

/** Deltas of a step that has ended, or was given up at `seq`: they are deleted in the flush that writes this. */
export interface Prune {
  runId: string;
  epoch: number;
  lane: string;
  step: number;
  seq: number;
}

/** Channel of the one NOTIFY per flush; its payload is `run:seq` pairs joined by commas, at most 100 (a payload is at most 8,000 bytes). */
export const eventsChannel = "dossier_events";

/**
 * Writes one flush: a single statement, whatever the number of runs. Returns `run:epoch` of the claims that held; rows of the
 * others, and of runs that have ended, were not written. Repeating a flush whose acknowledgement was lost changes nothing: under the same epoch nobody else writes the same seq.
 */
export async function appendEvents(sql: Sql, rows: EventRow[], prunes: Prune[]): Promise<Set<string>> {
  const held = await sql<{ claim: string }[]>`
    with incoming as (
      select * from jsonb_to_recordset(${sql.json(rows as never)}) as row("runId" uuid, epoch int, seq int, type text, at timestamptz, data jsonb)
    ), held as (
      select runs.id, runs.epoch from runs
      join (select distinct "runId", epoch from incoming) claim on claim."runId" = runs.id and claim.epoch = runs.epoch
      where runs.status = 'running'
      for share of runs
    ), pruned as (
      delete from events using jsonb_to_recordset(${sql.json(prunes as never)}) as prune("runId" uuid, epoch int, lane text, step int, seq int)
      where events.run_id = prune."runId" and events.type = 'text-appended' and (prune."runId", prune.epoch) in (select id, epoch from held)
        and events.data->>'lane' = prune.lane and (events.data->>'step')::int = prune.step and events.seq < prune.seq
    ), inserted as (
      insert into events (run_id, seq, type, at, data)
      select "runId", seq, type, at, data from incoming where ("runId", epoch) in (select id, epoch from held)
      on conflict (run_id, seq) do nothing
    ), stepped as (
      update runs set steps = greatest(runs.steps, ended.step)
      from (select "runId", max((data->>'step')::int) as step from incoming
        where type in ('step-ended', 'context-compacted') and ("runId", epoch) in (select id, epoch from held) group by 1) ended
      where runs.id = ended."runId"
    ), heads as (
      select "runId", max(seq) as seq, (row_number() over () - 1) / 100 as part from incoming where ("runId", epoch) in (select id, epoch from held) group by 1
    ), notified as (
      select pg_notify(${eventsChannel}, string_agg("runId" || ':' || seq, ',')) from heads group by part
    )
    select id || ':' || epoch as claim from held where (select count(*) from notified) >= 0`;
  return new Set(held.map((row) => row.claim));
}

/** A stored event as the stream sends it: the JSON is the whole event. */
export interface StoredEvent extends LoggedEvent {
  runId: string;
}

/** A row of `events` as the JSON that its readers get. The same row always gives the same bytes. */
export const wholeEvent = (sql: Sql | TransactionSql) =>
  sql`(jsonb_build_object('seq', events.seq, 'type', events.type, 'at', to_char(events.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || events.data)::text as json`;

/** The next events of several runs, each after its own cursor, at most `limit` a run: one query whatever their number. */
export async function eventsAfter(
  sql: Sql | TransactionSql,
  cursors: { runId: string; seq: number }[],
  limit: number,
): Promise<StoredEvent[]> {
  return sql<StoredEvent[]>`
    select events.run_id as "runId", events.seq, events.type, events.json
    from jsonb_to_recordset(${sql.json(cursors as never)}) as cursor("runId" uuid, seq int)
    cross join lateral (
      select events.run_id, events.seq, events.type, ${wholeEvent(sql)} from events
      where events.run_id = cursor."runId" and events.seq > cursor.seq
      order by events.seq limit ${limit}
    ) events
    order by events.run_id, events.seq`;
}

/** The whole log of one run. */
export const eventsOf = (sql: Sql | TransactionSql, runId: string): Promise<StoredEvent[]> =>
  eventsAfter(sql, [{ runId, seq: 0 }], 1_000_000);

/** The first event of a run, part of the transaction that inserts it. Nobody follows a run before it exists, so nobody is notified. */
export async function appendQueued(
  sql: TransactionSql,
  runId: string,
  data: {
    question: string;
    mode: string;
    budget: Budget;
    whenFull: string;
    priority: string;
    attachments: readonly AttachmentRef[];
    replayOf?: string;
    heavy?: HeavyPlan;
    rewrite?: EventOf<"run-queued">["rewrite"];
    basis?: EventOf<"run-queued">["basis"];
    requestHash?: string;
  },
): Promise<void> {
  await sql`
    insert into events (run_id, seq, type, at, data) values (${runId}, 1, 'run-queued', now(), ${sql.json({ ...data } as never)})`;
}

/** An event of whoever holds the run's row. Without a date it gets the database's, which is what the workers count by. */
type HeldEvent = Omit<EventRow, "runId" | "epoch" | "at"> & { at?: string };

/**
 * Appends the last events of a run inside the transaction that ends it. The caller holds the run's row under its epoch. A plain insert:
 * a seq that is taken means the caller is wrong about the log, and the transaction fails.
 */
export async function appendLast(sql: TransactionSql, runId: string, events: HeldEvent[]): Promise<void> {
  await sql`
    insert into events (run_id, seq, type, at, data)
    select ${runId}, seq, type, coalesce(at, clock_timestamp()), data
    from jsonb_to_recordset(${sql.json(events as never)}) as row(seq int, type text, at timestamptz, data jsonb)`;
  const last = Math.max(...events.map((event) => event.seq));
  await sql`select pg_notify(${eventsChannel}, ${`${runId}:${last}`})`;
}

/** What a run was asked with, and the dialect of its first start (null before it). */
export interface RunStart {
  priority: RunPriority;
  dialect: ModelCard["dialect"] | null;
  replayOf: string | null;
  isHeavy: boolean;
  /** The model that a report is to be written again with, where one was named. */
  writesWith: string | null;
}

/** How a run begins, or began. */
export async function startOf(sql: Sql, runId: string): Promise<RunStart> {
  const rows = await sql<{ type: string; data: unknown }[]>`
    select type, data from events where run_id = ${runId} and type in ('run-queued', 'run-started') order by seq limit 2`;
  const queued = queuedSchema.safeParse(rows.find((row) => row.type === "run-queued")?.data);
  const started = startedSchema.safeParse(rows.find((row) => row.type === "run-started")?.data);
  const { priority = "interactive", replayOf = null, mode, rewrite } = queued.data ?? {};
  const writesWith = rewrite?.wishes.model ?? null;
  return { priority, replayOf, isHeavy: mode === "heavy", writesWith, dialect: started.data?.model.dialect ?? null };
}
const queuedSchema = z.object({
  priority: runPrioritySchema.default("interactive"),
  replayOf: z.string().optional(),
  mode: runModeSchema,
  rewrite: rewriteSchema.optional(),
});
const startedSchema = z.object({ model: modelCardSchema });

/** The last number of a run's log, and whether the run has ended. */
export async function logHead(sql: Sql | TransactionSql, runId: string): Promise<{ seq: number; ended: boolean }> {
  const [row] = await sql<{ seq: number; type: string }[]>`select seq, type from events where run_id = ${runId} order by seq desc limit 1`;
  return { seq: row?.seq ?? 0, ended: row?.type === "run-ended" };
}
