import { expect, test } from "vitest";
import type { PartState } from "./check-up.ts";
import { sumUp } from "./sum-up.ts";

test.each<[PartState[], string]>([
  [["mend", "works", "mend", "limited", "works", "off"], "2 to mend, 1 limited, 2 work"],
  [["works"], "1 works"],
  [["limited", "off"], "1 limited"],
  [["off"], "Nothing is set up"],
  [[], "Nothing is set up"],
])("%j: %s", (states, words) => {
  expect(sumUp(states.map((state) => ({ state })))).toBe(words);
});
