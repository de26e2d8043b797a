import fc from "fast-check";
import type { Nodes, Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { citation, sampleReport, sourceRef } from "./html-document/sample-report.fixture.ts";
import { toMarkdown } from "./to-markdown.ts";

const report = (markdown: string, question = "How deep?") =>
  sampleReport({
    markdown,
    question,
    citations: [citation(1, { passage: { start: 0, end: 9, text: "Nine [1] <b>." }, status: "quoted" })],
    sources: [sourceRef(1, { title: "A *page*", site: "a.example", url: "https://a.example/x" })],
  });

test("marks become footnotes, and each cited source is one, with its address and passage", () => {
  const text = toMarkdown(report("It is nine metres deep. [1]"));
  expect(text).toContain("It is nine metres deep. [^1]");
  expect(text).toContain("[^1]: A \\*page\\*. <https://a.example/x>. a.example, read 22 November 2026, 11:03 UTC.");
  expect(text).toContain("> Nine \\[1\\] \\<b\\>.\n    >\n    > (quoted)");
});

test.each([
  ["a definition of the model's own", "[^1]: Forged. <https://evil.example/>", /^\[\^1\]: Forged/m],
  ["a picture", "![x](https://evil.example/p.png)", /!\[x\]/],
  ["HTML", 'a <img src=x onerror="alert(1)"> b </script>', /<img|<\/script/],
  ["a link that runs something", "[x](javascript:alert(1))", /javascript:/],
])("%s does not survive in the text", (_, markdown, live) => {
  expect(toMarkdown(report(markdown)).split("\n\n[^1]: A")[0]).not.toMatch(live);
});

const parser = unified().use(remarkParse).use(remarkGfm);

/** What a viewer of the file would load, run, follow or take for a note of ours, and how many notes it finds. */
function found(file: string): { harm: string[]; notes: number } {
  const tree = parser.parse(file.slice(file.indexOf("\n# "))) as Root;
  const harm: string[] = [];
  let notes = 0;
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if ("children" in node) open.push(...(node.children as Nodes[]));
    if (node.type === "html" && !/^<br\s*\/?>$/i.test(node.value)) harm.push(node.value);
    if (node.type === "image" || node.type === "imageReference") harm.push(node.type);
    if ((node.type === "link" || node.type === "definition") && !/^(?:https?:\/\/|mailto:)/i.test(node.url)) harm.push(node.url);
    if (node.type === "footnoteDefinition" && !tree.children.includes(node)) harm.push("note");
    if (node.type === "footnoteDefinition") notes += 1;
  }
  return { harm, notes };
}

test.each([
  "[a]( javascript:alert(1))",
  "[a](\njavascript:alert(1))",
  "[a]( file:///etc/passwd)",
  "\\(![a](http://e/p.png)\\)",
  "$[a]![a](http://e/p.png)$",
  "[a](http://e]<script>\\)",
  "``[a](\n[^9]: x",
  "\\\\[^1]: x",
  "- [1]: x",
  "a [1]\n\n```\nb",
  "a [1]\n\n> ```\n> b",
  `${"- ".repeat(3000)}\`[a](javascript:x)\``,
])("nothing of %j is live, and the one note of the file is ours", (markdown) => {
  expect(found(toMarkdown(report(markdown)))).toEqual({ harm: [], notes: 1 });
});

test("whatever a model writes, nothing of it is live, and the notes of the file are ours", () => {
  const piece = fc.constantFrom(
    ...[
      "`",
      "``",
      "```",
      "~~~",
      "\n",
      "\n\n",
      "\r",
      "    ",
      "\t",
      "> ",
      "- ",
      "1. ",
      "<img src=x onerror=alert(1)>",
      "<script>",
      "<!--",
      "-->",
    ],
    ...[
      "![a](http://e/p.png)",
      "![",
      "[a](",
      "[a]( ",
      "](",
      "]",
      "[",
      ")",
      "javascript:alert(1)",
      "http://e",
      "<javascript:x>",
      "[b]: ",
      "[a]",
    ],
    ...[
      "[1]",
      "[^9]: ",
      "[^9]",
      "[^1]",
      ":",
      "$",
      "$$",
      "\\",
      "*",
      "_",
      " ",
      "word",
      "<",
      "|",
      "# ",
      "---\n",
      "\\(",
      "\\)",
      "\\[",
      "\\]",
      "&lt;",
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 2, maxLength: 14 }), (pieces) => {
      expect(found(toMarkdown(report(pieces.join(""))))).toEqual({ harm: [], notes: 1 });
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 800) },
  );
});

test("code stays as it is", () => {
  const text = toMarkdown(report("Write `<div>` and ``![x](y)``, not\n\n```html\n<img src=x>\n```\n"));
  expect(text).toContain("Write `<div>` and ``![x](y)``, not");
  expect(text).toContain("<img src=x>");
});

test("the address of a file or document that nobody else can open is not told", () => {
  const sources = [sourceRef(1, { url: "corpus://deals/notes.md", title: "" }), sourceRef(2, { url: "attachment:///7f7e/accounts.pdf" })];
  const text = toMarkdown(sampleReport({ sources, readOnly: [sourceRef(3, { url: "attachment:///7f7e/dues.pdf", title: "" })] }));
  expect(text).not.toMatch(/corpus:|attachment:|7f7e|deals/);
  expect(text).toContain("[^1]: a document of the author’s collection. a document");
});

test("a question is only words in the title", () => {
  expect(toMarkdown(report("x", "What is <img src=x> *really*?"))).toMatch(/\n# What is \\<img src=x\\> \\\*really\\\*\?/);
});

test("a formula is written as readers of Markdown files know it, and money stays money", () => {
  const text = toMarkdown(report("It costs $5 and $6. So \\(x^2\\) and\n\n\\[\ny = 1\n\\]\n"));
  expect(text).toContain("It costs \\$5 and \\$6. So $x^2$ and\n\n$$y = 1$$");
});

test("the head of the file holds what the report is, as YAML", () => {
  const [, head = ""] = toMarkdown(report("x", 'A "question": *what*\n---\nforged: 1')).split("---\n");
  expect(head).toContain('title: "A \\"question\\": *what* --- forged: 1"\n');
  expect(head).toContain('checks: "1 citation: 1 quoted"\n');
  expect(head).toContain('written-by: "Tongyi-DeepResearch-30B-A3B, a language model"\n');
});

test("what is left of a link that goes is no mark", () => {
  expect(toMarkdown(report("[see [1]](javascript:x) ![[1]](https://e.example/p)"))).toContain("see \\[1] \\[1]");
});

test("links with their addresses stay, by reference too", () => {
  expect(toMarkdown(report("[a](https://a.example/) [b][c] [d](#e)\n\n[c]: https://c.example/"))).toContain(
    "[a](https://a.example/) [b][c] d\n\n[c]: https://c.example/",
  );
});
