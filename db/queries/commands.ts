import type { Sql, TransactionSql } from "postgres";

/** Channel on which workers hear that a run has a new command; the payload is the run's id. */
export const commandsChannel = "dossier_commands";

/** What a reader asked of a run. `to`: the lane that a message is for; null: every one. */
export type Command = { runId: string; id: number } & (
  | { kind: "now" | "finish" | "pause" }
  | { kind: "message"; text: string; to: string | null }
);

type NewCommand = { kind: "now" | "finish" | "pause" } | { kind: "message"; text: string; to: string | null; key: string | null };

/** Inserts a command, tells the workers of it when the transaction commits, and returns its id. Null: the run has one under this key. */
export async function insertCommand(sql: TransactionSql, runId: string, command: NewCommand): Promise<number | null> {
  const { text, key } = command.kind === "message" ? command : { text: null, key: null };
  const [row] = await sql<{ id: number }[]>`
    insert into commands (run_id, kind, text, key) values (${runId}, ${storedKind(command)}, ${text}, ${key})
    on conflict on constraint commands_once do nothing returning id::int`;
  if (!row) return null;
  await sql`select pg_notify(${commandsChannel}, ${runId})`;
  return row.id;
}

// The lane stands in the kind: the table has no column for it.
const storedKind = (command: NewCommand) => (command.kind === "message" && command.to !== null ? `message:${command.to}` : command.kind);

/** The commands of several runs, each after its own last one, oldest first. One of a kind that this version does not know is left out. */
export async function commandsAfter(sql: Sql, cursors: { runId: string; id: number }[]): Promise<Command[]> {
  const rows = await sql<Row[]>`
    select commands.run_id as "runId", commands.id::int, commands.kind, commands.text
    from jsonb_to_recordset(${sql.json(cursors)}) as cursor("runId" uuid, id int)
    join commands on commands.run_id = cursor."runId" and commands.id > cursor.id
    order by commands.id`;
  return rows.flatMap(readCommand);
}

/** The commands of a run that its log does not answer yet, oldest first. The caller holds the run's row. */
export async function openCommands(sql: TransactionSql, runId: string): Promise<Command[]> {
  const rows = await sql<Row[]>`
    select run_id as "runId", id::int, kind, text from commands
    where run_id = ${runId} and id not in (
      select coalesce((data->>'command')::bigint, (data->>'messageId')::bigint, 0) from events
      where run_id = ${runId} and type in ('stop-requested', 'run-paused', 'message-queued'))
    order by id`;
  return rows.flatMap(readCommand);
}

/** Whether a run was told to stop now, or to finish, be it in its log yet or not. */
export async function isToldTo(sql: TransactionSql, runId: string, kind: "now" | "finish"): Promise<boolean> {
  const [row] = await sql<{ told: boolean }[]>`
    select exists (select from commands where run_id = ${runId} and kind = ${kind})
      or exists (select from events where run_id = ${runId} and type = 'stop-requested' and data->>'kind' = ${kind}) as told`;
  return row?.told ?? false;
}

/** A message that was sent under a key; null when none was. */
export async function messageWithKey(
  sql: TransactionSql,
  runId: string,
  key: string,
): Promise<Extract<Command, { kind: "message" }> | null> {
  const rows = await sql<Row[]>`select run_id as "runId", id::int, kind, text from commands where run_id = ${runId} and key = ${key}`;
  const [command] = rows.flatMap(readCommand);
  return command?.kind === "message" ? command : null;
}

export async function countMessages(sql: TransactionSql, runId: string): Promise<number> {
  const [row] = await sql<{ messages: number }[]>`
    select count(*)::int as messages from commands where run_id = ${runId} and text is not null`;
  return row?.messages ?? 0;
}

interface Row {
  runId: string;
  id: number;
  kind: string;
  text: string | null;
}

function readCommand({ runId, id, kind, text }: Row): Command[] {
  if (kind === "now" || kind === "finish" || kind === "pause") return [{ runId, id, kind }];
  const [name, to = null] = kind.split(":", 2);
  return name === "message" && text !== null ? [{ runId, id, kind: "message", text, to }] : [];
}
