import { expect, test } from "vitest";
import type { Citation } from "#lib/domain/citation.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { withNumbersOf } from "./with-numbers-of.ts";

const citation = (sourceId: string): Citation => ({
  n: 1,
  sourceId,
  claim: "",
  passage: { start: 0, end: 1, text: "x" },
  status: "quoted",
  origin: "model",
});
const source = (id: string, n: number): SourceRef => ({ id, n, url: "", title: "", site: "", hash: "", status: 200, fetchedAt: "" });

test("marks get the numbers of the other version, and those it does not know come behind", () => {
  const other = { sources: [source("b", 1), source("a", 2)] };
  const version = { markdown: "One [1]. Two [2]. Three [3]. `[4]`", citations: [citation("a"), citation("b"), citation("c")] };
  expect(withNumbersOf(other, version)).toBe("One [2]. Two [1]. Three [3]. `[4]`");
});
