import fc from "fast-check";
import { expect, test } from "vitest";
import { cutEvenly, cutTo } from "./cut-evenly.ts";
import { roughTokens } from "./rough-tokens.ts";

test("short texts stay whole, and long ones share what is left", () => {
  const [short, one, other] = cutEvenly(["short", "a".repeat(9_000), "b".repeat(9_000)], 1_000);
  expect(short).toBe("short");
  for (const text of [one, other]) expect(roughTokens(text ?? "")).toBeGreaterThan(400);
  expect(one).toMatch(/^a+\n\(cut: the first [\d,]+ of 9,000 characters are shown\)$/);
});

test("nothing is cut where all of it has room", () => {
  expect(cutEvenly(["one", "two"], 100)).toEqual(["one", "two"]);
});

test("together they never have more than they may, whatever the script", () => {
  const texts = fc.array(
    fc.tuple(fc.constantFrom("ab ", "深い", "😀", "x"), fc.integer({ min: 0, max: 3_000 })).map(([unit, n]) => unit.repeat(n)),
  );
  fc.assert(
    fc.property(texts, fc.integer({ min: 500, max: 5_000 }), (given, tokens) => {
      const most = Math.max(tokens, given.length * 40); // the line that says what was cut has a size of its own
      expect(cutEvenly(given, tokens).reduce((sum, text) => sum + roughTokens(text), 0)).toBeLessThanOrEqual(most + given.length);
    }),
  );
});

test("a character of two halves stays whole", () => {
  for (let tokens = 30; tokens < 60; tokens++) expect(cutTo("😀".repeat(200), tokens).isWellFormed()).toBe(true);
});
