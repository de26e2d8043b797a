import { expect, test } from "vitest";
import { chineseNumber } from "./chinese-number.ts";

test.each([
  ["一", 1],
  ["十", 10],
  ["十二", 12],
  ["两百", 200],
  ["一百零五", 105],
  ["三百二十万", 3_200_000],
  ["三亿五千万", 350_000_000],
  ["一万二千", 12_000],
  ["一万亿", 1e12],
  ["二〇二四", 2_024],
  ["壹佰", 100],
])("%s is %i", (written, value) => {
  expect(chineseNumber(written)).toBe(value);
});

test.each(["", "万", "年", "一二百", "十年"])("%s is no number", (written) => {
  expect(chineseNumber(written)).toBeNull();
});
