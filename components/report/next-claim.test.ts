import { expect, test } from "vitest";
import type { Citation, CitationStatus } from "#lib/domain/citation.ts";
import { nextClaim, shownClaims } from "./next-claim.ts";

const statuses: CitationStatus[] = ["quoted", "weak", "supported", "unchecked", "unsupported", "quoted"];
const citations = statuses.map(
  (status): Citation => ({ n: 1, sourceId: "s", claim: "", passage: { start: 0, end: 1, text: "x" }, status, origin: "model" }),
);

test.each([
  [null, [0, 1, 2, 3, 4, 5]],
  ["quoted" as const, [0, 5]],
  ["look" as const, [1, 3, 4]],
  ["uncited" as const, []],
])("the filter %s", (filter, places) => {
  expect(shownClaims(citations, filter)).toEqual(places);
});

test.each([
  ["the first", null, null, 1, false, 0],
  ["the next", 0, null, 1, false, 1],
  ["none after the last", 5, null, 1, false, undefined],
  ["the last, backwards from nowhere", null, null, -1, false, 5],
  ["the next to look at", 1, null, 1, true, 3],
  ["the one to look at before", 3, null, -1, true, 1],
  ["the next of a status", 0, "quoted", 1, false, 5],
  ["nothing to look at among what stands", 0, "quoted", 1, true, undefined],
  ["any, while sentences without citations are shown", 0, "uncited", 1, false, 1],
] as const)("%s", (_, current, filter, by, toLookAt, place) => {
  expect(nextClaim(citations, { current, filter }, by, toLookAt)).toBe(place);
});
