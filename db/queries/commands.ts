import type { Sql } from "postgres";

/** Channel on which workers hear that a run has a new command; the payload is the run's id. */
export const commandsChannel = "dossier_commands";

export async function insertCommand(sql: Sql, runId: string, kind: "now" | "finish"): Promise<void> {
  await sql`
    with command as (insert into commands (run_id, kind) values (${runId}, ${kind}) returning run_id)
    select pg_notify(${commandsChannel}, run_id::text) from command`;
}

export interface Command {
  id: number;
  kind: "now" | "finish";
}

/** The commands of a run after `id`, oldest first. */
export async function commandsAfter(sql: Sql, runId: string, id: number): Promise<Command[]> {
  const rows = await sql`select id::int, kind from commands where run_id = ${runId} and id > ${id} order by commands.id`;
  return rows.map((row) => ({ id: Number(row.id), kind: row.kind === "finish" ? "finish" : "now" }));
}
