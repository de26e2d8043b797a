import { expect, test } from "vitest";
import { roughTokens } from "./rough-tokens.ts";

test.each([
  ["", 0],
  ["abc", 1],
  ["three words here", 6],
  ["漢字漢字漢字", 4],
  ["港口 nine", 3],
])("%j is about %i tokens", (text, tokens) => {
  expect(roughTokens(text)).toBe(tokens);
});
