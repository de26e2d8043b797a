import type { Sql } from "postgres";

/** Channel on which workers hear that a run has a new command; the payload is the run's id. */
export const commandsChannel = "dossier_commands";

export async function insertCommand(sql: Sql, runId: string, kind: "now" | "finish"): Promise<void> {
  await sql`
    with command as (insert into commands (run_id, kind) values (${runId}, ${kind}) returning run_id)
    select pg_notify(${commandsChannel}, run_id::text) from command`;
}

export interface Command {
  runId: string;
  id: number;
  kind: "now" | "finish";
}

/** The commands of several runs, each after its own last one, oldest first. */
export async function commandsAfter(sql: Sql, cursors: { runId: string; id: number }[]): Promise<Command[]> {
  const rows = await sql`
    select commands.run_id as "runId", commands.id::int, commands.kind
    from jsonb_to_recordset(${sql.json(cursors)}) as cursor("runId" uuid, id int)
    join commands on commands.run_id = cursor."runId" and commands.id > cursor.id
    order by commands.id`;
  return rows.map((row) => ({ runId: String(row.runId), id: Number(row.id), kind: row.kind === "finish" ? "finish" : "now" }));
}
