import { expect, test } from "vitest";
import { laneNotes } from "./lane-notes.ts";

const plain = { lane: "researcher-1", report: "", reportMissing: null, writes: null, repeatOf: null, move: null };
test.each([
  [{}, []],
  [{ reportMissing: "asked-again" as const }, ["Wrote no report: it was asked once more, and its call was not made."]],
  [{ reportMissing: "kept" as const }, ["Wrote no report: the one before stays."]],
  [{ reportMissing: "kept" as const, move: { kind: "answer" as const, text: "A." } }, []],
  [{ repeatOf: 3, report: "R" }, ["Asked for exactly this in round 3, and was told so."]],
  [{ repeatOf: 3 }, ["Asked for exactly this in step 3, and was told so."]],
  [{ repeatOf: 3, lane: "main" }, []],
])("%j", (change, notes) => {
  expect(laneNotes({ ...plain, ...change } as Parameters<typeof laneNotes>[0])).toEqual(notes);
});
