import { expect, test } from "vitest";
import { placeIn } from "./places.ts";

test.each([
  ["#lane-3", 3],
  ["#researcher-12-s4", 12],
  ["#synthesis", 0],
  ["#s4", null],
  ["#lane-", null],
  ["", null],
])("%s", (hash, place) => {
  expect(placeIn(hash)).toBe(place);
});
