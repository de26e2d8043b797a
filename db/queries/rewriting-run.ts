import type { Sql } from "postgres";

/** The run that writes a report of `runId` again and has not ended; null when none does. The newest, where there are several. */
export async function rewritingRun(sql: Sql, runId: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id from runs where rewrites in (select id from reports where run_id = ${runId}) and status in ('queued', 'running', 'paused')
    order by created_at desc limit 1`;
  return row?.id ?? null;
}
