import { expect, test } from "vitest";
import { isWrittenAnew } from "./is-written-anew.ts";

const long =
  "The harbour of Velsund was dredged to nine metres in 1911. It took four years and cost forty thousand crowns. The county paid a third.";

test.each([
  ["the same", long, false],
  ["a shorter one", "The harbour of Velsund was dredged to nine metres in 1911.", false],
  ["another language", "1911年，港口疏浚到九米深，历时四年。", true],
  ["other words", "Ships now find deeper water here than a century ago, and somebody had to find money for that.", true],
])("%s", (_, after, anew) => {
  expect(isWrittenAnew(long, after)).toBe(anew);
  expect(isWrittenAnew(after, long)).toBe(anew);
});
