import { expect, test } from "vitest";
import { independentSources } from "./independent-sources.ts";

const source = (n: number, url: string, hash: string, copyOf?: number) => ({ n, url: `https://${url}`, hash, ...(copyOf && { copyOf }) });
const numbers = (...sources: Parameters<typeof independentSources>[0][number][]) =>
  independentSources(sources).map((group) => group.map(({ n }) => n));

test.each([
  ["none", [], []],
  ["different texts at different addresses", [source(1, "a", "x"), source(2, "b", "y")], [[1], [2]]],
  ["copies of one text", [source(1, "a", "x"), source(2, "b", "x"), source(3, "c", "y")], [[1, 2], [3]]],
  ["one address read twice, whose text had changed", [source(1, "a", "x"), source(2, "a#part", "y")], [[1, 2]]],
  ["nearly the same text", [source(1, "a", "x"), source(2, "b", "y", 1), source(3, "c", "z")], [[1, 2], [3]]],
  ["two copies of a text that is not among them", [source(2, "b", "y", 1), source(3, "c", "z", 1)], [[2, 3]]],
  ["two that a third shows to be one", [source(1, "a", "x"), source(2, "b", "y"), source(3, "b", "x")], [[1, 2, 3]]],
])("%s", (_, sources, expected) => {
  expect(numbers(...sources)).toEqual(expected);
});

test("the order in which a finding names them does not matter", () => {
  expect(numbers(source(7, "c", "y"), source(2, "b", "x"), source(4, "a", "x"))).toEqual([[2, 4], [7]]);
});
