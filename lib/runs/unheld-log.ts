import type { TransactionSql } from "postgres";
import { type Command, openCommands } from "#db/queries/commands.ts";
import { appendLast, logHead } from "#db/queries/events.ts";
import type { Fact } from "#lib/domain/event.ts";
import { storable } from "#lib/std/storable.ts";

/** Appends to the log of a run that no worker has, or that was just taken from the one that had it. The caller holds its row. */
export async function appendUnheld(transaction: TransactionSql, runId: string, facts: readonly Fact[]): Promise<void> {
  const { seq } = await logHead(transaction, runId);
  const events = facts.map(({ type, ...data }, index) => ({ seq: seq + index + 1, type, data: storable(data) }));
  await appendLast(transaction, runId, events);
}

/** What was asked of a run and stands in no log yet, as facts: they must not be forgotten with the worker that would have written them. */
export const openFacts = async (transaction: TransactionSql, runId: string): Promise<Fact[]> =>
  (await openCommands(transaction, runId)).flatMap(factOf);

/** The fact that answers a command; none for a pause, which stands in the log from the moment it is asked for. */
export function factOf(command: Command): Fact[] {
  switch (command.kind) {
    case "now":
    case "finish":
      return [{ type: "stop-requested", kind: command.kind, command: command.id }];
    case "message": {
      const { id, text, to } = command;
      return [{ type: "message-queued", messageId: String(id), text, ...(to !== null && { to }) }];
    }
    case "pause":
      return [];
    default:
      return command satisfies never;
  }
}

/** Whether the log answers a command already. A worker that takes a run up is told all of them again. */
export const isAnswered = (events: Iterable<{ type: string }>, id: number): boolean => {
  for (const event of events) {
    if ("command" in event && event.command === id) return true;
    if (event.type === "message-queued" && "messageId" in event && event.messageId === String(id)) return true;
  }
  return false;
};
