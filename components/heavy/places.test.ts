import { expect, test } from "vitest";
import { placeIn } from "./places.ts";

const runId = "0b7c3c3e-7f0e-4f6c-9b5e-0d6a4d1b2c3d";
const other = "11111111-7f0e-4f6c-9b5e-0d6a4d1b2c3d";

test.each([
  ["#lane-3", 3, null],
  ["#synthesis", 0, null],
  [`#lane-12-${runId}`, 12, 12],
  [`#synthesis-${runId}`, 0, 0],
  [`#lane-12-${other}`, null, null],
  ["#s4", null, null],
  ["#lane-", null, null],
  ["", null, null],
])("%s", (hash, ofLast, ofEarlier) => {
  expect(placeIn(hash, { runId, last: true })).toBe(ofLast);
  expect(placeIn(hash, { runId, last: false })).toBe(ofEarlier);
});
