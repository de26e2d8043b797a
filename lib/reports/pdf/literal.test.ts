import fc from "fast-check";
import { expect, test } from "vitest";
import { codeLiteral, literal } from "./literal.ts";

/** A literal as Typst reads it: a backslash takes the next sign with it, and nothing but the last quotation mark ends it. */
const isOneLiteral = (code: string) => /^"(?:[^"\\\n]|\\["\\n])*"$/u.test(code);

test("whatever a text holds, it is one string literal", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => isOneLiteral(literal(text)) && isOneLiteral(codeLiteral(text))));
});

test.each([
  ['a "b" \\c', '"a \\"b\\" \\\\c"'],
  ["a\nb\tc\u0000\u200bd\ud800", '"a b cd\ufffd"'],
  ["✅ yes ❌ no ⚠️", '"✓ yes ✗ no ⚠"'],
])("%j is %s", (text, expected) => {
  expect(literal(text)).toBe(expected);
});

test("code keeps its lines and columns", () => {
  expect(codeLiteral('a\n\t"b\\n"')).toBe('"a\\n    \\"b\\\\n\\""');
});
