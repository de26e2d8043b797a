import { expect, test } from "vitest";
import { budgetClock, tokenLimit } from "./budget-clock.ts";

test.each([
  [null, 112_640],
  [131_072, 112_640],
  [65_536, 65_536 - 18_192],
  [16_384, 8_192],
])("a window of %s leaves %s tokens for the conversation", (window, limit) => {
  expect(tokenLimit(window)).toBe(limit);
});

test("counts minutes from the first start, so that a restart gives no new ones", () => {
  const left = budgetClock({
    budget: { calls: 10, minutes: 30 },
    window: null,
    startedAt: "2026-11-24T10:00:00Z",
    clock: () => new Date("2026-11-24T10:20:00Z"),
  });
  expect(left({ countedTokens: 100_000, uncountedCharacters: 3_000, steps: 4 })).toEqual({
    calls: 6,
    minutes: 10,
    tokens: 112_640 - 100_000 - 1_000,
  });
});
