import { expect, test } from "vitest";
import type { Citation } from "#lib/domain/citation.ts";
import { citedPlaces } from "./cited-places.ts";

const citation = (sourceId: string, start: number, end: number): Citation => ({
  n: 1,
  sourceId,
  claim: `${start}–${end}`,
  passage: { start, end, text: "x".repeat(end - start) },
  status: "quoted",
  origin: "model",
});
const shown = (...parameters: Parameters<typeof citedPlaces>) =>
  citedPlaces(...parameters).map(({ start, end, claims }) => [start, end, ...claims.map(({ index }) => index)]);

test("places stand in the order of the text, with the places of their citations in the report", () => {
  expect(shown([citation("a", 50, 60), citation("b", 0, 9), citation("a", 10, 20)], "a", null)).toEqual([
    [10, 20, 2],
    [50, 60, 0],
  ]);
});

test("passages that overlap are one place", () => {
  expect(shown([citation("a", 10, 20), citation("a", 15, 30), citation("a", 30, 40)], "a", null)).toEqual([
    [10, 30, 0, 1],
    [30, 40, 2],
  ]);
});

test("what is asked for is shown, cited or not", () => {
  expect(shown([citation("a", 10, 20)], "a", { start: 70, end: 80 })).toEqual([
    [10, 20, 0],
    [70, 80],
  ]);
  expect(shown([citation("a", 10, 20)], "a", { start: 10, end: 20 })).toEqual([[10, 20, 0]]);
});
