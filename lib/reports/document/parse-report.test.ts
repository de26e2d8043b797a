import { expect, test } from "vitest";
import { parseReport } from "./parse-report.ts";

test.each([
  ["lists", "- "],
  ["quotes", "> "],
])("%s nested deeper than any parser goes are shown as their text", (_, sign) => {
  const markdown = `${sign.repeat(6000)}deep`;
  const text = JSON.stringify(parseReport({ markdown, citations: [] }).children);
  expect(text).toContain("deep");
});
