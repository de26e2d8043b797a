import { expect, test } from "vitest";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { tongyi } from "./tongyi.ts";
import { withPrompt } from "./with-prompt.ts";

const tools = [scriptedTool("search", () => ""), scriptedTool("visit", () => "")];

test("names role, answer tag, one JSON line a tool, the calling convention, and the date last", () => {
  const prompt = tongyi.systemPrompt(tools, "2026-11-24");
  const lines = /<tools>\n([\s\S]*?)\n<\/tools>/.exec(prompt)?.[1]?.split("\n") ?? [];
  expect(lines.map((line) => JSON.parse(line).function.name)).toEqual(["search", "visit"]);
  expect(prompt).toContain("<answer></answer>");
  expect(prompt).toContain("<tool_call></tool_call>");
  expect(prompt.endsWith("Current date: 2026-11-24")).toBe(true);
});

test("an operator's prompt replaces it, with tools and date filled in", () => {
  expect(withPrompt(tongyi, "Tools:\n{{tools}}\nToday is {{date}}.").systemPrompt(tools, "2026-11-24")).toMatch(
    /^Tools:\n\{"type":"function".*\n.*\nToday is 2026-11-24\.$/,
  );
  expect(withPrompt(tongyi, "Be brief.\nCurrent date: ").systemPrompt(tools, "2026-11-24")).toBe("Be brief.\nCurrent date: 2026-11-24");
  expect(withPrompt(tongyi, null)).toBe(tongyi);
});
