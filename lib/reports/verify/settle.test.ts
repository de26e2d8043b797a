import { expect, test } from "vitest";
import type { Citation } from "#lib/domain/citation.ts";
import type { ClaimCheck } from "./check-claim.ts";
import type { Verdict } from "./read-verdicts.ts";
import { settle } from "./settle.ts";

const citation: Citation = {
  n: 1,
  sourceId: "s",
  claim: "It is tall.",
  passage: { start: 0, end: 5, text: "Tall." },
  status: "unchecked",
  origin: "model",
};
const check = (status: ClaimCheck["status"], ceiling: ClaimCheck["ceiling"]): ClaimCheck => ({ status, ceiling, reason: "by text" });
const verdict = (status: Verdict["status"]): Verdict => ({ status, reason: "by model" });
const settled = (...[checked, judged]: [ClaimCheck, Verdict | null]) => {
  const { status, reason, judge } = settle(citation, checked, judged);
  return [status, reason, judge].join(" | ");
};

test.each<[ClaimCheck, Verdict | null, string]>([
  [check("quoted", "quoted"), verdict("unsupported"), "quoted | by text | text"],
  [check("unchecked", "supported"), null, "unchecked | by text | text"],
  [check("unchecked", "supported"), verdict("supported"), "supported | By model. | model"],
  [check("unchecked", "supported"), verdict("unsupported"), "unsupported | By model. | model"],
  [check("weak", "supported"), verdict("supported"), "supported | By model. | model"],
  [check("weak", "weak"), verdict("supported"), "weak | by text | text"],
  [check("unsupported", "weak"), verdict("supported"), "weak | by text | text"],
  [check("unsupported", "weak"), verdict("weak"), "weak | by text By model. | model"],
  [check("weak", "weak"), verdict("unsupported"), "unsupported | by text By model. | model"],
  [check("unsupported", "weak"), null, "unsupported | by text | text"],
])("%o with %o", (checked, judged, expected) => {
  expect(settled(checked, judged)).toBe(expected);
});

test("takes the place where the words stand", () => {
  const passage = { start: 7, end: 18, text: "It is tall." };
  expect(settle(citation, { ...check("quoted", "quoted"), passage }, null).passage).toEqual(passage);
});

test("a verdict without a reason gets a plain one", () => {
  expect(settle(citation, check("unchecked", "supported"), { status: "supported", reason: "" }).reason).toBe(
    "The passage says what the sentence says.",
  );
});
