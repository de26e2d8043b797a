import { expect, test } from "vitest";
import { withDistinctNames } from "./with-distinct-names.ts";

test.each([
  [
    ["a.csv", "b.csv"],
    ["a.csv", "b.csv"],
  ],
  [
    ["a.csv", "a.csv", "a.csv"],
    ["a.csv", "a (2).csv", "a (3).csv"],
  ],
  [
    ["a.csv", "a (2).csv", "a.csv"],
    ["a.csv", "a (2).csv", "a (3).csv"],
  ],
  [
    ["notes", "notes", ".env", ".env"],
    ["notes", "notes (2)", ".env", ".env (2)"],
  ],
])("%j become %j", (given, names) => {
  expect(withDistinctNames(given.map((name) => ({ name }))).map((file) => file.name)).toEqual(names);
});
