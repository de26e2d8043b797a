import { expect, test } from "vitest";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { firstTokens } from "./first-tokens.ts";

test("a text within the limit stays whole", () => {
  expect(firstTokens("three words here", 6)).toBe("three words here");
});

test.each(["some words in English ", "一段没有空格的中文文字", "🧭"])(
  "%s is cut to its limit, between words and never inside a letter",
  (piece) => {
    const start = firstTokens(piece.repeat(5_000), 1_000);
    expect(roughTokens(start)).toBeLessThanOrEqual(1_000);
    expect(roughTokens(start)).toBeGreaterThan(880);
    expect(start.isWellFormed()).toBe(true);
    expect(start).not.toMatch(/(wor|Engl)$/);
  },
);
