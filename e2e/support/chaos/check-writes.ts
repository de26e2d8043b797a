import { dataOf } from "./check-log.ts";
import type { Invariant, RunHistory, Violation } from "./history.ts";

/** What the database saw: facts are written once and stay (I2), and each epoch is one writer's, after the one before (I6). */
export function checkWrites(run: RunHistory): Violation[] {
  const found: Violation[] = [];
  const say = (invariant: Invariant, what: string) => void found.push({ invariant, runId: run.id, what });
  const now = new Map(run.log.map((frame) => [frame.seq, frame.json]));
  const workers = new Set(run.claims.map((claim) => claim.worker));
  const holders = new Map(run.claims.map((claim) => [claim.epoch, claim.worker]));
  if (holders.size < run.claims.length) say("I6", "two workers were given one epoch");
  let epoch = 0;
  for (const write of run.writes) {
    if (write.kind === "updated") say("I2", `${write.seq} was changed`);
    if (write.kind === "deleted" && write.type !== "text-appended") say("I2", `${write.type} ${write.seq} was deleted`);
    if (write.kind === "inserted" && write.type !== "text-appended" && now.get(write.seq) !== write.json)
      say("I1", `${write.type} ${write.seq} was committed and is not in the log`);
    if (write.epoch < epoch) say("I6", `${write.type} ${write.seq} was written under epoch ${write.epoch} after ${epoch}`);
    epoch = Math.max(epoch, write.epoch);
    if (write.epoch === 0) continue; // the question, written by whoever asked
    const holder = holders.get(write.epoch);
    const isHolder = holder === null ? !workers.has(write.writer) : holder === write.writer;
    if (!isHolder) say("I6", `${write.writer} wrote under epoch ${write.epoch}, which is ${holder}'s`);
    if (write.kind === "inserted" && write.type === "run-started" && dataOf(write).worker !== write.writer)
      say("I6", `${write.writer} wrote that ${String(dataOf(write).worker)} started`);
  }
  return found;
}
