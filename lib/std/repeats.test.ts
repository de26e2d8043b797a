import fc from "fast-check";
import { expect, test } from "vitest";
import { repeats } from "./repeats.ts";

test.each([
  ["one word", "no ".repeat(2_000), true],
  ["a paragraph", "I should search for the harbour. Then I read the page. ".repeat(80), true],
  ["a beginning that is different", `${"Once. ".repeat(3)}Then ${"again and again ".repeat(400)}`, true],
  ["漢字", "我再查一下。".repeat(600), true],
  ["short", "no ".repeat(200), false],
  ["a paragraph too long to be a loop", "x".repeat(700).concat("y").repeat(5), false],
  ["counting", Array.from({ length: 2_000 }, (_, index) => `${index}. `).join(""), false],
])("%s", (_, text, repeating) => {
  expect(repeats(text)).toBe(repeating);
});

test("is as if the unit were known", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 600 }), fc.string({ maxLength: 50 }), (unit, before) => {
      expect(repeats(before + unit.repeat(Math.ceil(3_600 / unit.length)))).toBe(true);
    }),
  );
});
