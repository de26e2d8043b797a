import { expect, test } from "vitest";
import { progressOf } from "./progress-of.ts";

const drawn = (...given: Parameters<typeof progressOf>) =>
  progressOf(...given)
    .map((tick) => ({ done: "#", live: ">", early: "!", open: "." })[tick])
    .join("");

test.each<[number, number, "live" | "early" | null, string]>([
  [0, 6, "live", ">....."],
  [2, 6, "live", "##>..."],
  [2, 6, "early", "##!..."],
  [2, 6, null, "##...."],
  [6, 6, null, "######"],
  [7, 6, "live", "######"],
  [12, 100, "live", "##>................."],
  [12, 100, null, "###................."],
])("%i of %i calls, %s", (steps, calls, at, expected) => {
  expect(drawn(steps, calls, at)).toBe(expected);
});
