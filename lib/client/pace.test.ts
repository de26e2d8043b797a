import { expect, test } from "vitest";
import { pace } from "./pace.ts";

test.each([
  [0, 50, 50],
  [0, 300, 80],
  [100, 100, 100],
  [0, 4000, 1000],
  [200, 100, 100], // the text was taken back: a failed attempt is thought again
])("from %i of %i to %i", (shown, full, next) => {
  expect(pace(shown, full)).toBe(next);
});
