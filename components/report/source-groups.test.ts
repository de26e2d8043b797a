import { expect, test } from "vitest";
import type { SourceRef } from "#lib/domain/source.ts";
import { sourceGroups } from "./source-groups.ts";

const source = (n: number, more: Partial<SourceRef> = {}): SourceRef => ({
  id: `s${n}`,
  n,
  url: `https://site-${n}.example/`,
  title: "",
  site: `site-${n}.example`,
  hash: `h${n}`,
  status: 200,
  fetchedAt: "2026-11-22T11:00:00.000Z",
  ...more,
});
const numbers = (sources: SourceRef[]) => sourceGroups(sources).map((group) => group.map(({ n }) => n));

test("each source counts once where none is a copy", () => {
  expect(numbers([source(1), source(2)])).toEqual([[1], [2]]);
});

test("a copy in nearly the same words counts with what it is a copy of, and so does the same text and the same address", () => {
  expect(
    numbers([source(1), source(2), source(3, { copyOf: 1 }), source(4, { hash: "h2" }), source(5, { url: "https://site-3.example/#a" })]),
  ).toEqual([
    [1, 3, 5],
    [2, 4],
  ]);
});

test("what a copy goes back to may be missing", () => {
  expect(numbers([source(1, { copyOf: 9 }), source(2)])).toEqual([[1], [2]]);
});
