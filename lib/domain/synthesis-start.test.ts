import { expect, test } from "vitest";
import { synthesisStart } from "./synthesis-start.ts";

test.each([
  [4, 40, { ended: 3, atMs: 34 * 60_000 }, 38 * 60_000],
  [3, 150, { ended: 2, atMs: 127.5 * 60_000 }, 142.5 * 60_000],
  [16, 20, { ended: 9, atMs: 17 * 60_000 }, 19 * 60_000],
])("%d lanes in %d minutes", (lanes, minutes, withQuorum, atLatestMs) => {
  expect(synthesisStart(lanes, minutes)).toEqual({ lanes, withQuorum, atLatestMs });
});

test("of two lanes a majority is both: nobody is left to be given up", () => {
  expect(synthesisStart(2, 10)).toEqual({ lanes: 2, withQuorum: null, atLatestMs: 9.5 * 60_000 });
});
