import { expect, test } from "vitest";
import { quoteLexeme, toTsvector } from "./to-tsvector.ts";

test("each token once, with as many positions as it occurs", () => {
  expect(toTsvector(["a", "b", "a"])).toBe("'a':1,2 'b':1");
});

test("counts stop at 31", () => {
  expect(toTsvector(Array(100).fill("a"))).toMatch(/,31$/);
});

test("stays below a megabyte", () => {
  const tokens = Array.from({ length: 200_000 }, (_, index) => `token${index}`);
  expect(Buffer.byteLength(toTsvector(tokens))).toBeLessThan(1_048_576);
});

test("quotes what Postgres would read as syntax", () => {
  expect(quoteLexeme("a'b\\c")).toBe("'a''b\\\\c'");
});
