import type { TransactionSql } from "postgres";
import type { Database } from "#db/client.ts";
import { countMessages, insertCommand, isToldTo, messageWithKey } from "#db/queries/commands.ts";
import type { HeldRun } from "#db/queries/runs.ts";
import { researchersOf, synthesisLane } from "#lib/domain/heavy.ts";
import { mostMessages, type NewMessage } from "#lib/domain/reader-message.ts";
import { hasEnded } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { hold } from "./hold.ts";
import { logOf } from "./log-of.ts";
import { appendUnheld, openFacts } from "./unheld-log.ts";

/** A message that was taken. What becomes of it the run's log tells, under its id. */
export interface TakenMessage {
  id: string;
  runId: string;
  text: string;
  /** The lane it is for; null: every one that still works. */
  lane: string | null;
}

/**
 * Adds to the question of a run that has not ended: before its next thought each lane that still works reads it. The same key again gives the message
 * that the first call made, also when the run has ended since. Throws AppError `not-found`, `conflict` where nobody would read it any more.
 */
export async function steer(db: Database, viewer: Viewer, runId: string, message: NewMessage): Promise<TakenMessage> {
  const taken: TakenMessage[] = [];
  await hold(db, viewer, runId, async (run, transaction) => {
    taken.push((await sameMessage(transaction, runId, message)) ?? (await take(transaction, run, message)));
  });
  return taken[0] as TakenMessage; // the transaction was committed
}

async function sameMessage(transaction: TransactionSql, runId: string, message: NewMessage): Promise<TakenMessage | null> {
  const { text, idempotencyKey } = message;
  const lane = message.lane ?? null;
  if (idempotencyKey === undefined) return null;
  const before = await messageWithKey(transaction, runId, idempotencyKey);
  if (!before) return null;
  if (before.text === text && before.to === lane) return { id: String(before.id), runId, text, lane };
  throw new AppError("conflict", "idempotencyKey was used before with another message. Use a new key for a new message.");
}

async function take(transaction: TransactionSql, run: HeldRun, message: NewMessage): Promise<TakenMessage> {
  const { text } = message;
  const lane = message.lane ?? null;
  const { runId, status } = run;
  if (hasEnded(status))
    throw new AppError("conflict", "The run has ended: the message would reach nobody. Ask it as a question of its own.");
  if (await isToldTo(transaction, runId, "now"))
    throw new AppError("conflict", "The run is being stopped: the message would reach nobody.");
  if ((await countMessages(transaction, runId)) >= mostMessages)
    throw new AppError("conflict", `The run has ${mostMessages} messages, which is as many as its prompts can hold.`);
  if (lane !== null) await checkLane(transaction, run, lane);
  const id = await insertCommand(transaction, runId, { kind: "message", text, to: lane, key: message.idempotencyKey ?? null });
  // Where no worker has it, the log says so at once; a worker that has it writes it down itself.
  if (status !== "running") await appendUnheld(transaction, runId, await openFacts(transaction, runId));
  return { id: String(id), runId, text, lane };
}

async function checkLane(transaction: TransactionSql, { runId, heavy }: HeldRun, lane: string): Promise<void> {
  const lanes = heavy ? [...researchersOf(heavy), synthesisLane] : [];
  if (!lanes.includes(lane)) {
    const offered = lanes.length > 0 ? `must be one of ${lanes.join(", ")}` : "a Standard run has no lanes to choose from: leave it out";
    throw new AppError("unprocessable", `lane: ${offered}`, { field: "lane" });
  }
  if ((await logOf(transaction, runId)).some((event) => event.type === "lane-ended" && event.lane === lane))
    throw new AppError(
      "conflict",
      "That lane has ended: the message would reach nobody. Send it to all lanes, or ask it as a question of its own.",
    );
}
