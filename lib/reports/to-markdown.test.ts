import { expect, test } from "vitest";
import type { Report } from "#lib/domain/report.ts";
import { toMarkdown } from "./to-markdown.ts";

const source = {
  id: "s1",
  n: 1,
  url: "https://a.example/x",
  title: "A *page*",
  site: "a.example",
  hash: "h",
  status: 200,
  fetchedAt: "2026-11-24T10:00:00.000Z",
};
const report = (markdown: string, question = "How deep?"): Report => ({
  id: "r",
  runId: "u",
  sessionId: "e",
  version: 1,
  kind: "answer",
  question,
  markdown,
  citations: [
    { n: 1, sourceId: "s1", claim: "c", passage: { start: 0, end: 9, text: "Nine [1] <b>." }, status: "quoted", origin: "model" },
  ],
  sources: [source],
  readOnly: [],
  limitations: [],
  removedMarks: [],
  model: "m",
  judge: null,
  rewrite: null,
  figures: [],
  createdAt: "2026-11-24T10:00:00.000Z",
});

test("marks become footnotes, and each cited source is one, with its address and passage", () => {
  const text = toMarkdown(report("It is nine metres deep. [1]"));
  expect(text).toContain("It is nine metres deep. [^1]");
  expect(text).toContain("[^1]: A \\*page\\*. a.example. <https://a.example/x>. Read 2026-11-24 10:00 UTC.");
  expect(text).toContain("> Nine \\[1\\] \\<b\\>.");
});

test.each([
  ["a definition of the model's own", "[^1]: Forged. <https://evil.example/>", /^\[\^1\]: Forged/m],
  ["a picture", "![x](https://evil.example/p.png)", /!\[x\]/],
  ["HTML", 'a <img src=x onerror="alert(1)"> b </script>', /<img|<\/script/],
  ["a link that runs something", "[x](javascript:alert(1))", /javascript:/],
])("%s does not survive in the text", (_, markdown, live) => {
  expect(toMarkdown(report(markdown)).split("\n\n[^1]: A")[0]).not.toMatch(live);
});

test("code stays as it is", () => {
  const text = toMarkdown(report("Write `<div>` and ``![x](y)``, not\n\n```html\n<img src=x>\n```\n"));
  expect(text).toContain("Write `<div>` and ``![x](y)``, not");
  expect(text).toContain("<img src=x>");
});

test("a question is only words in the title", () => {
  expect(toMarkdown(report("x", "What is <img src=x> *really*?"))).toMatch(/^# What is \\<img src=x\\> \\\*really\\\*\?/);
});
