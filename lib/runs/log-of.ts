import type { Sql, TransactionSql } from "postgres";
import { eventsOf } from "#db/queries/events.ts";
import { type Event, readEvent } from "#lib/domain/event.ts";

/** The log of a run as it stands, without events that this version does not know. */
export const logOf = async (sql: Sql | TransactionSql, runId: string): Promise<Event[]> =>
  (await eventsOf(sql, runId)).flatMap((stored) => readEvent(JSON.parse(stored.json)) ?? []);
