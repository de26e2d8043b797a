import { expect, test } from "vitest";
import { readPlace } from "./read-place.ts";

const report = "0b9f7c1e-7c0a-4f53-9d0e-5d8f3a1c2b4d";

test.each([
  [
    { start: "2", end: "5", report, claim: "3" },
    { passage: { start: 2, end: 5 }, report, claim: 3 },
  ],
  [{ start: "5", end: "2" }, { passage: null }],
  [{ start: "2", end: "99" }, { passage: null }],
  [{ start: "-1", end: "x", report: "//evil.example", claim: ["1", "2"] }, { passage: null }],
  [{}, { passage: null }],
])("%j", (parameters, place) => {
  expect(readPlace(parameters, 10)).toMatchObject(place);
  if (!("report" in place)) expect(readPlace(parameters, 10).report).toBeUndefined();
});
