import fc from "fast-check";
import { expect, test } from "vitest";
import { searchTokens } from "./search-tokens.ts";

test.each([
  ["The Dogs were barking.", "the dog were bark"],
  ["direct directed directing director", "direct direct direct director"],
  ["produce produced", "produc produc"],
  ["U.S. Army, O'Brien's", "us army o brien"],
  ["São Paulo naïve Ünal", "sao paulo naiv unal"],
  ["1,234.5 and 3.14 in 2016", "1234.5 and 3.14 in 2016"],
  ["深度研究", "深度 度研 研究"],
  ["第16届", "第 16 届"],
  ["ＡＢＣ１２", "abc12"],
  ["كِتَابٌ كتاب", "كتاب كتاب"],
  ["ガード がく", "ガー ード がく"],
  ["서울은 도시", "서울 울은 도시"],
  ["'); drop -- \\ &|!<->", "drop"],
])("%s", (text, tokens) => {
  expect(searchTokens(text).join(" ")).toBe(tokens);
});

test("a word alone is found in its sentence, in any script", () => {
  for (const [word, sentence] of [
    ["研究", "深度研究系统"],
    ["москва", "Город Москва."],
    ["العربية", "اللغة العربية"],
    ["도시", "큰 도시이다"],
  ] as const) {
    const tokens = new Set(searchTokens(sentence));
    expect(searchTokens(word).every((token) => tokens.has(token))).toBe(true);
  }
});

test("never throws, and no token is empty or longer than 64 characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      for (const token of searchTokens(text)) expect(token.length > 0 && [...token].length <= 64).toBe(true);
    }),
  );
});
