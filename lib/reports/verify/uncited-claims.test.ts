import { expect, test } from "vitest";
import { uncitedClaims } from "./uncited-claims.ts";

const texts = (markdown: string) => uncitedClaims(markdown).map(({ text }) => text);

test.each<[string, string, string[]]>([
  [
    "sentences without a mark",
    "Paris has two million inhabitants [1]. Its mayor lives in the town hall. It is old.",
    ["Its mayor lives in the town hall."],
  ],
  ["a mark behind the full stop", "Paris has two million inhabitants. [1] Its mayor lives in the town hall. [2][3]", []],
  ["a mark at the head of a line", "[1] Paris has two million inhabitants", []],
  ["headings and questions", "# Paris has two million inhabitants\n\nHow many inhabitants does Paris have?", []],
  [
    "what leads over",
    "The following table summarises the inhabitants of cities.\n\nThis report covers French cities since 1900.\n\nThe largest cities are these:",
    [],
  ],
  [
    "what could not be found",
    "## What could not be found\n\n- The number of commuters in Paris in 2024\n\n## Cities\n\nLyon has half a million inhabitants.",
    ["Lyon has half a million inhabitants."],
  ],
  [
    "parts of an open section",
    "## What could not be found\n\n### Figures\n\nThe number of commuters in Paris\n\n# Rest\n\nLyon has many old bridges.",
    ["Lyon has many old bridges."],
  ],
  ["Chinese", "巴黎有二百万居民。[1] 里昂位于法国东南部。\n\n## 未能查到的内容\n\n2024年通勤人数的官方统计", ["里昂位于法国东南部。"]],
  [
    "rows of a table, not its head",
    "| City | Inhabitants of it |\n|---|---|\n| Paris city | two million [1] |\n| Lyon city | half a million people |",
    ["Lyon city half a million people"],
  ],
  [
    "a bold line that is a title",
    "**The Wall Street Journal**\n\n**It is published six days a week.**",
    ["It is published six days a week."],
  ],
  ["code", "```\nParis has two million inhabitants\n```", []],
])("%s", (_, markdown, expected) => {
  expect(texts(markdown)).toEqual(expected);
});

test("offsets are those of the Markdown", () => {
  const markdown = "Paris has **two million** inhabitants [12]. Its mayor lives in the *town hall*.";
  const [claim] = uncitedClaims(markdown);
  expect(markdown.slice(claim?.start, claim?.end)).toBe("Its mayor lives in the *town hall*.");
  expect(claim?.text).toBe("Its mayor lives in the town hall.");
});
