import { expect, test } from "vitest";
import { dropReferenceList } from "./drop-reference-list.ts";

const list = "### Sources\n\n[1] One: https://a.example/1\n[2] Two: https://a.example/2";

test.each([
  ["at the end", `So it is [1].\n\n${list}\n`, "So it is [1]."],
  ["before a rule", `So it is [1].\n\n${list}\n\n---`, "So it is [1]."],
  ["before words of farewell", `So it is [1].\n\n---\n\n${list}\n\n---\n\n**That was all.**\n`, "So it is [1].\n\n**That was all.**"],
  [
    "before words in brackets",
    `就是这样[1]。\n\n## 参考文献\n\n[1] 一: https://a.example/1\n\n（注：完。）`,
    "就是这样[1]。\n\n（注：完。）",
  ],
])("a list of sources %s goes", (_, answer, prose) => {
  expect(dropReferenceList(answer)).toBe(prose);
});

test.each([
  ["a list of something else", "Steps:\n\n1. First\n2. Second"],
  ["entries without a heading before a farewell", "So it is.\n\n1. One https://a.example/1\n2. Two https://a.example/2\n\n---\n\nDone."],
  ["a section behind the list", `${list}\n\n## More\n\nText.`],
])("%s stays", (_, answer) => {
  expect(dropReferenceList(answer)).toBe(answer);
});
