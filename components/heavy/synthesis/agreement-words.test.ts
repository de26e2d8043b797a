import { expect, test } from "vitest";
import type { ComparedFinding, LaneStance } from "#lib/domain/comparison.ts";
import type { Stance } from "#lib/domain/heavy.ts";
import { independentWords, stanceCaveat, stanceCounts } from "./agreement-words.ts";
import { inWords } from "./in-words.ts";

const stances = (...all: Stance[]) => all.map((stance) => ({ stance }));

test.each([
  [stances("agrees", "silent", "agrees", "agrees"), "3 agree, 1 silent"],
  [stances("differs", "silent", "partly", "differs"), "1 partly, 2 differ, 1 silent"],
  [stances("silent", "agrees"), "1 agrees, 1 silent"],
  [stances("agrees", "agrees", "agrees"), "all 3 agree"],
  [stances("silent", "silent"), "both silent"],
])("counts %#: the words", (given, words) => {
  expect(stanceCounts(given)).toBe(words);
});

const finding = (sources: number, independent: number, unknownSources: number[] = []) =>
  ({ sources: Array.from({ length: sources }), independent, unknownSources }) as unknown as ComparedFinding;

test.each([
  [finding(1, 1), "1 text"],
  [finding(3, 3), "3 different texts"],
  [finding(2, 1), "1 text: both are the same text or page"],
  [finding(3, 1), "1 text: all 3 are the same text or page"],
  [finding(4, 2), "2 different texts: of 4, the others are copies"],
  [finding(0, 0), "names no source"],
  [finding(0, 0, [99]), "names no source that was read; no source has the number 99"],
  [finding(1, 1, [98, 99]), "1 text; no source has the numbers 98 and 99"],
])("independent sources %#", (given, words) => {
  expect(independentWords(given)).toBe(words);
});

test.each([
  ["agrees", "some", false, 2, null],
  ["agrees", "none", false, 1, "did not read the source"],
  ["differs", "none", false, 3, "read none of the sources"],
  ["agrees", "unknown", false, 0, null],
  ["silent", "unknown", true, 1, "left nothing"],
  ["agrees", "some", true, 1, "left nothing to judge by"],
] as const)("a lane that %s, reading %s, left nothing %s", (stance, reading, leftNothing, sources, words) => {
  const given: LaneStance = { lane: 1, note: null, stance, reading, leftNothing };
  expect(stanceCaveat(given, sources)).toBe(words);
});

test("numbers in a sentence", () => {
  expect([[2], [1, 3], [1, 3, 4]].map(inWords)).toEqual(["2", "1 and 3", "1, 3 and 4"]);
});
