import { expect, test } from "vitest";
import { fairShares } from "./fair-shares.ts";

test.each([
  [[], 10, []],
  [[3, 4], 10, [3, 4]],
  [[100, 100], 10, [5, 5]],
  [[100, 2, 100], 12, [5, 2, 5]],
  [[100, 5, 1], 12, [6, 5, 1]],
  [[0, 50], 10, [0, 10]],
  [[4, 4, 4], 10, [3, 3, 4]],
])("%j of %i are %j", (wants, total, shares) => {
  expect(fairShares(wants, total)).toEqual(shares);
});
