import { expect, test } from "vitest";
import { heavyPlanSchema } from "#lib/domain/heavy.ts";
import { emptyRunView } from "#lib/domain/run-view.ts";
import { deliveredWords, waitingWords } from "./message-words.ts";

const plan = heavyPlanSchema.parse({ lanes: 4 });
const at = (...delivered: [string, number][]) => ({ delivered: delivered.map(([lane, step]) => ({ lane, step })) });

test.each([
  [{}, null, "queued, before step 1"],
  [{ status: "paused" as const }, null, "queued until the run resumes"],
  [{ heavy: plan }, null, "queued, before the next round of each lane"],
  [{ heavy: plan }, "researcher-2", "queued, before the next round of lane 2"],
  [{ heavy: plan }, "synthesis", "queued, before the next round of the synthesis"],
])("a message that waits: %j, to %s", (change, to, words) => {
  expect(waitingWords({ to }, { ...emptyRunView, status: "running", ...change })).toBe(words);
});

test.each([
  [null, at(["main", 7], ["writer", 1]), "delivered at step 7"],
  [null, at(["writer", 1]), "delivered to the report"],
  [plan, at(["researcher-2", 3]), "delivered to lane 2 at round 3"],
  [plan, at(["researcher-2", 3], ["researcher-1", 5], ["synthesis", 1]), "delivered to 2 lanes"],
  [plan, at(["synthesis", 1]), "delivered to the synthesis"],
])("one that was read: %j %j", (heavy, message, words) => {
  expect(deliveredWords(message, { heavy })).toBe(words);
});
