import { expect, test } from "vitest";
import { gist } from "./gist.ts";

test.each([
  ["", ""],
  ["\n\n## Plan\nGo on.", "Plan"],
  ["The **survey** should carry `hectares`. Then more.", "The survey should carry hectares."],
  ["1. Read [the report](https://a.example/x) first", "Read the report first"],
  ["数据在第三节。然后继续。", "数据在第三节。"],
  ["---\nFound it", "Found it"],
])("the gist of %j", (thought, line) => {
  expect(gist(thought)).toBe(line);
});
