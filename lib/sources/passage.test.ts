import fc from "fast-check";
import { expect, test } from "vitest";
import { findPassage } from "./passage.ts";

const found = (text: string, quote: string) => {
  const span = findPassage(text, quote);
  return span && text.slice(span.start, span.end);
};

test.each([
  ["to the letter", "a b c.", "b", "b"],
  ["white space", "one  two\n three", "one two three", "one  two\n three"],
  ["quotes and dashes", "He said “go” — now", 'He said "go" - now', "He said “go” — now"],
  ["emphasis and links", "See **the [big](http://x.y/z_(a)) house** now", "see the big house", "See **the [big](http://x.y/z_(a)) house"],
  ["footnote numbers", "Foo[12] bar.[3] Baz", "Foo bar. Baz", "Foo[12] bar.[3] Baz"],
  ["escapes on either side", "Foo \\[x\\]", "Foo [x]", "Foo \\[x\\]"],
  ["escapes in the quote", "a_b [x] <y>", "a_b \\[x\\] \\<y\\>", "a_b [x] <y>"],
  ["width", "ＡＢＣ１２３ ok", "abc123", "ＡＢＣ１２３"],
  ["composed accents", "Café", "Cafe\u0301", "Café"],
  ["Chinese spacing", "第 3 届 大会", "第3届大会", "第 3 届 大会"],
  ["zero-width characters", "<\u200b/think> ok", "</think> ok", "<\u200b/think> ok"],
  ["a later whole word", "112 people and 12 people", "12 people", "12 people"],
  ["within Chinese text", "王小明说", "小明", "小明"],
])("finds across %s", (_, text, quote, expected) => {
  expect(found(text, quote)).toBe(expected);
});

test.each([
  ["He had 112 people.", "12 people"],
  ["It cost 3.5 million", "5 million"],
  ["It cost 1,500 now", "500 now"],
  ["pi is 3.14", "pi is 3"],
  ["It is -5 °C", "5 °C"],
  ["in 1914-18 war", "18 war"],
  ["10² m", "102 m"],
  ["2*3=6", "23=6"],
  ["2**3", "23"],
  ["the snake_case x", "the snakecase x"],
  ["a cat sat", "a bat sat"],
  ["unhappy people", "happy people"],
  ["", "x"],
  ["x", ""],
  ["x. y", "."],
])("%j does not hold %j", (text, quote) => {
  expect(found(text, quote)).toBeNull();
});

const text = fc.string({
  unit: fc.constantFrom("a", "b", "1", "2", " ", ".", "*", "_", "[", "]", "(", ")", "“", "—", "中", "文", "é", "\n", "\\", "😀"),
  maxLength: 60,
});

test("a passage lies within the text and has the quote's digits and letters, in order", () => {
  const words = (value: string) =>
    value
      .normalize("NFC")
      .replace(/\[\^?\d{1,3}\]|\]\([^)]*\)/g, "")
      .match(/[\p{L}\p{N}]/gu)
      ?.join("") ?? "";
  fc.assert(
    fc.property(text, text, (source, quote) => {
      const span = findPassage(source, quote);
      if (!span) return;
      expect(0 <= span.start && span.start < span.end && span.end <= source.length).toBe(true);
      expect(words(source.slice(span.start, span.end))).toBe(words(quote));
    }),
  );
});

test("every whole line of a text is found in it", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{2,6}( [a-z]{2,6}){1,6}\.$/), { minLength: 1, maxLength: 8 }), (lines) => {
      for (const line of lines) expect(found(lines.join("\n"), line)).toBe(line);
    }),
  );
});
