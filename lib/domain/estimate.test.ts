import { expect, test } from "vitest";
import { type Estimates, estimatesOf, heavyWords, type PastRun, standardWords } from "./estimate.ts";

const standard = (minutes: number, tokens: number): PastRun => ({ lanes: null, minutes, tokens });
const heavy = (lanes: number, minutes: number, tokens: number): PastRun => ({ lanes, minutes, tokens });

const fiveStandard = [standard(60, 900_000), standard(6, 100_000), standard(12, 150_000), standard(1, 10_000), standard(9, 200_000)];
const fiveHeavy = [2, 4, 4, 8, 8].map((lanes, index) => heavy(lanes, 15 + index * 5, lanes * 120_000));

test("the middle half leaves out the run that took an hour and the one that took a minute", () => {
  const estimates = estimatesOf(fiveStandard);
  expect(estimates.standard).toEqual({ minutes: { low: 6, high: 12 }, tokens: 150_000 });
  expect(standardWords(estimates)).toBe("6–12 min · about 150 k tokens");
  expect(estimates.runs).toBe(5);
});

test("Heavy runs of any number of lanes tell what one lane takes, so any number can be told", () => {
  const estimates = estimatesOf([...fiveStandard, ...fiveHeavy]);
  expect(heavyWords(estimates, 2)).toBe("20–30 min · about 240 k tokens");
  expect(heavyWords(estimates, 4)).toBe("20–30 min · about 480 k tokens");
  expect(heavyWords(estimates, 16)).toBe("20–30 min · about 1.9 M tokens");
  expect(estimates.runs).toBe(10);
});

test("with too few Heavy runs it is reckoned from Standard ones, which have no synthesis", () => {
  const estimates = estimatesOf([...fiveStandard, ...fiveHeavy.slice(1)]);
  expect(heavyWords(estimates, 4)).toBe("6–12 min or longer · about 600 k tokens, reckoned from Standard runs");
  expect(estimates.runs).toBe(5);
});

test("Heavy runs alone say nothing of a Standard one", () => {
  const estimates = estimatesOf(fiveHeavy);
  expect([standardWords(estimates), heavyWords(estimates, 4)]).toEqual(["no estimate yet", "20–30 min · about 480 k tokens"]);
});

test.each([[[]], [fiveStandard.slice(1)], [[...fiveStandard.slice(1), ...fiveHeavy.slice(1)]]])(
  "under five of both there is none",
  (past) => {
    const estimates = estimatesOf(past);
    expect([standardWords(estimates), heavyWords(estimates, 4), estimates.runs]).toEqual(["no estimate yet", "no estimate yet", 0]);
  },
);

const cost = (low: number, high: number, tokens: number): Estimates => ({
  standard: { minutes: { low, high }, tokens },
  heavy: null,
  runs: 5,
});
test.each([
  [cost(0.1, 0.4, 0), "up to 1 min"],
  [cost(0.3, 2.2, 0), "up to 3 min"],
  [cost(1.2, 1.9, 0), "1–2 min"],
  [cost(5, 5, 3_000), "5 min · about 3 k tokens"],
  [cost(5, 9, 400), "5–9 min · under 1 k tokens"],
  [cost(5, 9, 996_000), "5–9 min · about 1 M tokens"],
  [cost(100, 150, 12_345_678), "100–150 min · about 12 M tokens"],
])("%j is %s", (estimates, words) => {
  expect(standardWords(estimates)).toBe(words);
});
