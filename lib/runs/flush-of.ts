import type { EventRow, Prune } from "#db/queries/events.ts";

/** Facts that hold, or void, the whole text that was streamed before them. */
export const endsText: ReadonlySet<string> = new Set(["step-ended", "context-compacted", "model-failed"]);

/** What a flush writes: deltas of a step that ends in the same flush are not written at all, those written before are deleted. */
export function flushOf(rows: EventRow[]): { rows: EventRow[]; prunes: Prune[] } {
  const prunes = rows
    .filter((row) => endsText.has(row.type))
    .map((row) => ({ runId: row.runId, epoch: row.epoch, lane: String(row.data.lane), step: Number(row.data.step), seq: row.seq }));
  const isPruned = (row: EventRow) =>
    row.type === "text-appended" &&
    prunes.some(
      (prune) =>
        prune.runId === row.runId &&
        prune.epoch === row.epoch &&
        prune.lane === row.data.lane &&
        prune.step === row.data.step &&
        row.seq < prune.seq,
    );
  return { rows: rows.filter((row) => !isPruned(row)), prunes };
}
