import type { StepView } from "#lib/domain/run-view.ts";

/** What a lane of a Heavy run was told, or did not write, in a turn that did not go as asked. */
export function laneNotes({ lane, report, reportMissing, repeatOf, move }: StepView): string[] {
  if (lane === "main") return [];
  const turn = report !== "" || reportMissing !== null ? "round" : "step";
  const notes: string[] = [];
  if (reportMissing === "asked-again") notes.push("Wrote no report: it was asked once more, and its call was not made.");
  if (reportMissing === "kept" && move?.kind !== "answer")
    notes.push(move?.kind === "none" ? "Wrote no report." : "Wrote no report: the one before stays.");
  if (repeatOf !== null) notes.push(`Asked for exactly this in ${turn} ${repeatOf}, and was told so.`);
  return notes;
}
