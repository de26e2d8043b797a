import { expect, test } from "vitest";
import { parseReport } from "./parse-report.ts";

test("quotes nested thousands deep are shown as their text, with the marks in them", () => {
  const markdown = `${"> ".repeat(6000)}deep`;
  expect(JSON.stringify(parseReport({ markdown, citations: [] }).children)).toContain("deep");
});
