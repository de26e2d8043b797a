import { expect, test } from "vitest";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { hasConversation, modeChoiceFrom, modeChoiceOf, planOf } from "./mode-choice.ts";

const muse: HeavyPlan = { lanes: 6, strategy: "parallel-muse", partialRollouts: true };
const four: HeavyPlan = { lanes: 4, strategy: "research-synthesis", partialRollouts: false };
const jar = (value?: string) => ({ get: () => (value === undefined ? undefined : { value }) });

test("a cookie keeps the choice", () => {
  expect(modeChoiceFrom(jar(JSON.stringify({ mode: "heavy", plan: muse })), 4)).toEqual({ mode: "heavy", plan: muse });
});

test.each([undefined, "", "heavy", '"><script>', "{}", '{"mode":"heavy","plan":{"lanes":400}}', "null"])("%j falls back", (value) => {
  expect(modeChoiceFrom(jar(value), 4)).toEqual({ mode: "react", plan: four });
});

test("a session goes on as its last run did", () => {
  expect(modeChoiceOf({ mode: "heavy", heavy: muse }, 4)).toEqual({ mode: "heavy", plan: muse });
  expect(modeChoiceOf({ mode: "react", heavy: null }, 4)).toEqual({ mode: "react", plan: four });
  expect(modeChoiceOf(undefined, 4)).toEqual({ mode: "react", plan: four });
});

test("the plan is asked for only where it holds", () => {
  expect(planOf({ mode: "react", plan: muse }, true)).toBeUndefined();
  expect(planOf({ mode: "heavy", plan: muse }, true)).toEqual(muse);
  expect(planOf({ mode: "heavy", plan: muse }, false)).toEqual({ ...four, lanes: 6 });
});

test("only lanes that keep their conversation can fill the window", () => {
  expect(hasConversation({ mode: "react", plan: four })).toBe(true);
  expect(hasConversation({ mode: "heavy", plan: muse })).toBe(true);
  expect(hasConversation({ mode: "heavy", plan: four })).toBe(false);
});
