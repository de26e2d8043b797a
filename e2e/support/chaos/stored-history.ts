import type { Sql } from "postgres";
import { eventsOf } from "#db/queries/events.ts";
import type { RunHistory } from "./history.ts";
import { claimsOf, writesOf } from "./watch-log.ts";

/** What the database holds of a run, and what it saw being written of it (see watch-log.ts). */
export async function storedHistory(
  sql: Sql,
  id: string,
): Promise<Pick<RunHistory, "log" | "writes" | "status" | "reportId" | "reports" | "claims">> {
  const [row] = await sql`select status, report_id from runs where id = ${id}`;
  const reports = await sql<{ id: string; version: number }[]>`select id, version from reports where run_id = ${id} order by version`;
  return {
    status: String(row?.status),
    reportId: row?.report_id ?? null,
    claims: await claimsOf(sql, id),
    reports: [...reports],
    log: (await eventsOf(sql, id)).map(({ seq, type, json }) => ({ seq, type, json })),
    writes: await writesOf(sql, id),
  };
}
