import { expect, test } from "vitest";
import { formatClock, formatDuration } from "./format-duration.ts";

test.each([
  [0, "0 s"],
  [40, "<0.1 s"],
  [800, "0.8 s"],
  [5_449, "5.4 s"],
  [12_300, "12 s"],
  [59_600, "1 min 00 s"],
  [184_000, "3 min 04 s"],
  [7_500_000, "2 h 05 min"],
])("%i ms is %s", (milliseconds, words) => {
  expect(formatDuration(milliseconds)).toBe(words);
});

test("a meter counts minutes and seconds", () => {
  expect(formatClock(372_000)).toBe("6:12");
  expect(formatClock(-5)).toBe("0:00");
});
