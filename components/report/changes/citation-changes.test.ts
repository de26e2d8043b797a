import { expect, test } from "vitest";
import type { Citation } from "#lib/domain/citation.ts";
import { citationChanges } from "./citation-changes.ts";

const citation = (sourceId: string, start: number, status: Citation["status"] = "quoted"): Citation => ({
  n: 1,
  sourceId,
  claim: `${sourceId} at ${start}`,
  passage: { start, end: start + 10, text: "0123456789" },
  status,
  origin: "model",
});
const version = (...citations: Citation[]) => ({ citations, sources: [] });

test("passages that are cited in both versions are neither gained nor lost, also where they are cut otherwise", () => {
  const changes = citationChanges(version(citation("a", 0), citation("b", 50)), version(citation("a", 5), citation("c", 0)));
  expect(changes.gained.map(({ claim }) => claim)).toEqual(["c at 0"]);
  expect(changes.lost.map(({ claim }) => claim)).toEqual(["b at 50"]);
});

test("one passage counts once, however many sentences cite it", () => {
  expect(citationChanges(version(), version(citation("a", 0), citation("a", 2))).gained).toHaveLength(1);
});

test("statuses are counted before and after", () => {
  const { statuses } = citationChanges(version(citation("a", 0), citation("a", 30, "weak")), version(citation("a", 0)));
  expect(statuses).toEqual([
    { status: "quoted", before: 1, after: 1 },
    { status: "weak", before: 1, after: 0 },
  ]);
});
