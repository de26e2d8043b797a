import { expect, test } from "vitest";
import { heavyPlanOf, newRunSchema } from "./new-run.ts";

const planOf = (body: object) => heavyPlanOf(newRunSchema.parse({ question: "How deep?", ...body }), { lanes: 4 });

test.each([
  ["a question alone is a Standard run", {}, undefined],
  ["Heavy has the lanes of the settings", { mode: "heavy" }, { lanes: 4, strategy: "research-synthesis", partialRollouts: false }],
  ["or as many as are asked for", { mode: "heavy", lanes: 16 }, { lanes: 16, strategy: "research-synthesis", partialRollouts: false }],
  [
    "lanes that keep their conversation may branch",
    { mode: "heavy", lanes: 2, strategy: "parallel-muse", partialRollouts: true },
    { lanes: 2, strategy: "parallel-muse", partialRollouts: true },
  ],
  [
    "not branching needs no strategy",
    { mode: "heavy", partialRollouts: false },
    { lanes: 4, strategy: "research-synthesis", partialRollouts: false },
  ],
])("%s", (_, body, plan) => {
  expect(planOf(body)).toEqual(plan);
});

test.each([
  ["mode", { mode: "light" }, /must be "react" or "heavy"/],
  ["lanes", { mode: "heavy", lanes: 1 }, /whole number from 2 to 16/],
  ["lanes", { mode: "heavy", lanes: 17 }, /whole number from 2 to 16/],
  ["lanes", { mode: "heavy", lanes: 2.5 }, /whole number from 2 to 16/],
  ["lanes", { lanes: 4 }, /Heavy runs only/],
  ["strategy", { mode: "react", strategy: "parallel-muse" }, /Heavy runs only/],
  ["strategy", { mode: "heavy", strategy: "vote" }, /must be "research-synthesis" or "parallel-muse"/],
  ["partialRollouts", { partialRollouts: false }, /Heavy runs only/],
  ["partialRollouts", { mode: "heavy", partialRollouts: true }, /needs strategy "parallel-muse"/],
  ["partialRollouts", { mode: "heavy", strategy: "parallel-muse", partialRollouts: "yes" }, /must be true or false/],
  ["budget.tokens", { budget: { tokens: 10 } }, /1000/],
])("%s is refused by a sentence about it: %j", (field, body, words) => {
  const issues = newRunSchema.safeParse({ question: "How deep?", ...body }).error?.issues ?? [];
  expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[field, expect.stringMatching(words)]]);
});

test("tokens are limited only where somebody says so", () => {
  expect(newRunSchema.parse({ question: "?" }).budget).toEqual({});
  expect(newRunSchema.parse({ question: "?", budget: { tokens: 200_000 } }).budget).toEqual({ tokens: 200_000 });
});
