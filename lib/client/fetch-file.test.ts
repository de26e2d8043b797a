import { expect, test } from "vitest";
import { nameIn } from "./fetch-file.ts";

test.each([
  ["attachment; filename=\"report.md\"; filename*=UTF-8''H%C3%A4fen.md", "Häfen.md"],
  ['attachment; filename="report.md"', "report.md"],
  ["attachment", null],
  [null, null],
])("%s", (header, name) => {
  expect(nameIn(header)).toBe(name);
});
