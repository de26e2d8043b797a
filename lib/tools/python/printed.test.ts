import fc from "fast-check";
import { expect, test } from "vitest";
import { mostKept, printedKeeper, shortened, toPrinted } from "./printed.ts";

test("a short text is whole", () => {
  expect(shortened(toPrinted("short"), 10)).toBe("short");
  expect(shortened(toPrinted(""), 10)).toBe("");
});

test("a long text is cut in its middle, and says how much is missing", () => {
  expect(shortened(toPrinted("abcdefghij"), 4)).toBe("ab\n[… 6 characters left out …]\nij");
});

test("what was never kept counts as missing too", () => {
  const keeper = printedKeeper();
  for (let part = 0; part < 100; part++) keeper.add("x".repeat(10_000));
  const { head, leftOut, tail } = keeper.printed();
  expect(head.length + tail.length).toBe(mostKept);
  expect(leftOut).toBe(1_000_000 - mostKept);
  expect(shortened(keeper.printed(), 10)).toBe(`xxxxx\n[… ${1_000_000 - 10} characters left out …]\nxxxxx`);
});

test("a cut through a character does not break the text", () => {
  expect(shortened(toPrinted("😀😀😀😀"), 3).isWellFormed()).toBe(true);
});

test("in whatever pieces it comes, the same is kept", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 30_000 }), { maxLength: 20 }), (parts) => {
      const keeper = printedKeeper();
      for (const part of parts) keeper.add(part);
      expect(keeper.printed()).toEqual(toPrinted(parts.join("")));
    }),
    { numRuns: 50 },
  );
});
