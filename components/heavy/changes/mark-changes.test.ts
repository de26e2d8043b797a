import type { Nodes } from "mdast";
import { expect, test } from "vitest";
import { changeKind } from "./change-kind.ts";
import { markChanges } from "./mark-changes.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/** The marked document, written so that a test can be read: [-gone-]{+come+}, one line a leaf. */
function marked(before: string, after: string): string {
  const root = parseMarkdown(after);
  markChanges(parseMarkdown(before), root);
  return root.children.flatMap(linesOf).join("\n");
}
function linesOf(node: Nodes): string[] {
  if (node.type === "list")
    return node.children.flatMap((item) => item.children.flatMap(linesOf).map((line, at) => (at ? "  " : "- ") + line));
  if (node.type === "table") return node.children.map((row) => row.children.map(inline).join(" | "));
  if (node.type === "code") return [node.value];
  if (node.type === "blockquote") return node.children.flatMap(linesOf).map((line) => `> ${line}`);
  return [`${node.type === "heading" ? "# " : ""}${inline(node)}`];
}
function inline(node: Nodes): string {
  if (node.type === "inlineCode") return `\`${node.value}\``;
  if ("value" in node) return node.value;
  const text = "children" in node ? node.children.map(inline).join("") : "";
  const name = node.data?.hName;
  if (name) return name === "ins" ? `{+${text}+}` : `[-${text}-]`;
  return node.type === "strong" ? `**${text}**` : node.type === "link" ? `<${text}>` : text;
}

test.each<[string, string, string, string]>([
  [
    "a sentence in the place of another",
    "- Cover: 58 ha.\n- Grown. The ban explains the growth.",
    "- Cover: 58 ha.\n- Grown. Cleaner water arrived within ten months; the counts cannot separate them.",
    "- Cover: 58 ha.\n- Grown. [-The ban explains the growth.-] {+Cleaner water arrived within ten months; the counts cannot separate them.+}",
  ],
  ["words", "Dues were 4.1 m crowns in 2018.", "Dues were 4.2 m crowns in 2018.", "Dues were [-4.1-]{+4.2+} m crowns in 2018."],
  ["a sentence more", "One ends.", "One ends. Two begins.", "One ends. {+Two begins.+}"],
  ["a sentence less", "One ends. Two begins. Three.", "One ends. Three.", "One ends. [-Two begins.-] Three."],
  [
    "a new item",
    "- One.\n- Two.",
    "- One.\n- One and a half, from the survey.\n- Two.",
    "- One.\n- {+One and a half, from the survey.+}\n- Two.",
  ],
  ["a removed item", "1. One.\n2. Two sheep.\n3. Three.", "1. One.\n2. Three.", "- One.\n- [-Two sheep.-]\n- Three."],
  ["the first list", "Nothing yet.", "Nothing yet.\n\n- One.", "Nothing yet.\n- {+One.+}"],
  [
    "text without spaces",
    "海草在2018年有58公顷。禁锚令解释了增长。",
    "海草在2018年有83公顷。禁锚令解释了增长。",
    "海草在2018年有[-58-]{+83+}公顷。禁锚令解释了增长。",
  ],
  [
    "cells of a table, and a row",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "| a | b |\n|---|---|\n| 1 | 3 |\n| 4 | 5 |",
    "a | b\n1 | [-2-] {+3+}\n{+4+} | {+5+}",
  ],
  ["a column more", "| a |\n|---|\n| one |", "| a | b |\n|---|---|\n| one | two |", "a | {+b+}\none | {+two+}"],
  ["a removed row", "| a |\n|---|\n| one |\n| two |", "| a |\n|---|\n| one |", "a\none\n[-two-]"],
  ["a heading", "## Cost\n\nMuch of it stays.", "## Costs\n\nMuch of it stays.", "# [-Cost-] {+Costs+}\nMuch of it stays."],
  ["a source", "It grew [1].", "It grew [1][3].", "It grew [1]{+[3]+}."],
  ["a changed source", "It grew by 44 % [1].", "It grew by 44 % [12].", "It grew by 44 % [-[1]-]{+[12]+}."],
  ["emphasis as one thing", "It **grew a lot** since.", "It **grew a bit** since.", "It [-**grew a lot**-]{+**grew a bit**+} since."],
  ["a link by its address", "See [it](https://a.example).", "See [it](https://b.example).", "See [-<it>-]{+<it>+}."],
  ["a nested item", "- One\n  - a", "- One\n  - a\n  - b", "- One\n  - a\n  - {+b+}"],
  ["a quote", "> One.", "> One. Two.", "> One. {+Two.+}"],
  ["words a line apart", "One\ntwo three.", "One two\nthree.", "One two\nthree."],
])("%s", (_, before, after, expected) => {
  expect(marked(before, after)).toBe(expected);
});

test("code is never marked", () => {
  expect(marked("Run it.\n```\na = 1\n```", "Run it.\n```\na = 2\n```")).toBe("Run it.\na = 2");
});

test("without what is gone, a marked document is the new one, and without what came, the words are the old one's", () => {
  const texts = [
    "# Cost\n\nDues fell [1]. *Buoys* cost 6.4 m.\n\n- A grant paid 2.5 m.\n- 2020 had no calls.",
    "# Cost\n\nDues fell by 29 % [1][4]. Buoys cost **6.4 m** once.\n\n1. A grant paid 2.5 m of it.\n\n| y | dues |\n|---|---|\n| 2018 | 4.1 |",
    "Nothing is known. `x` is not defined.\n\n> 引用。",
    "# Costs and 成本\n\n- 2020 had no calls.\n- [Accounts](https://a.example/b) say 4.1 m.\n  - and 2.9 m in 2024",
  ];
  const words = (text: string) => text.replace(/[\s#>|-]/g, "");
  const plain = (text: string) => words(parseMarkdown(text).children.flatMap(linesOf).join("\n"));
  for (const before of texts)
    for (const after of texts) {
      const both = marked(before, after);
      expect(words(both.replace(/\[-.*?-\]/gs, "").replace(/\{\+(.*?)\+\}/gs, "$1"))).toBe(plain(after));
    }
});

test.each([
  ["first", null, "One."],
  ["same", "One.\n\nTwo.", "One.\n\nTwo.\n"],
  ["changed", "One.", "Two."],
  ["rewritten", "The harbour of Velsund had moorings then. ".repeat(20), "Anders Holm counted eelgrass shoots in spring. ".repeat(20)],
])("%s", (kind, before, after) => {
  expect(changeKind(before, after)).toBe(kind);
});

test("a report of 10 KB is parsed and marked before anybody notices", () => {
  const line = (n: number) =>
    `- Finding ${n}: in ${1950 + n} the survey of ${n % 7} bays gave ${n * 13} ha, which the port doubts. It says ${n}.`;
  const before = Array.from({ length: 100 }, (_, n) => line(n)).join("\n");
  const after = Array.from({ length: 104 }, (_, n) => (n % 5 === 0 ? `${line(n)} A second count agrees.` : line(n))).join("\n");
  marked(before, after);
  const began = performance.now();
  for (let times = 0; times < 10; times++) marked(before, after);
  expect((performance.now() - began) / 10).toBeLessThan(200); // 15 ms here once warm; a busy machine is slower
});
