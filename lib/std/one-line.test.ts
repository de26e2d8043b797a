import { expect, test } from "vitest";
import { oneLine } from "./one-line.ts";

test.each([
  ["  a\r\n\tb\u00a0 c ", "a b c"],
  ["a", "a"],
  [" \n ", ""],
])("%j is %j on one line", (text, line) => {
  expect(oneLine(text)).toBe(line);
});
