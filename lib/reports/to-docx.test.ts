import { expect, test } from "vitest";
import { entryOf } from "./document/counts.fixture.ts";
import { numberedReport } from "./document/numbered-report.fixture.ts";
import { toDocx } from "./to-docx.ts";

const fileOf = async (markdown: string, name: string) => entryOf(Buffer.from(await toDocx(numberedReport(markdown))), name);

test("a citation is a footnote with its source, status and passage", async () => {
  const notes = await fileOf("One [1] and two [2].", "word/footnotes.xml");
  expect(notes).toContain(" Source 1: Source number 1. ");
  expect(notes).toMatch(/weak|supported|quoted/);
  expect(notes).toContain("“Passage 1”");
});

test("a list goes on from the number it has", async () => {
  const [document, numbering] = [
    await fileOf("1. a\n\ntext\n\n2. b", "word/document.xml"),
    await fileOf("1. a\n\ntext\n\n2. b", "word/numbering.xml"),
  ];
  expect(document.match(/<w:numId w:val="\d+"\/>/g)).toHaveLength(2);
  expect(numbering).toContain('<w:start w:val="2"/>');
});

test("signs that XML has no place for are left out, and markup stays text", async () => {
  const document = await fileOf("a\u0001b\ufffe `<w:p>` & \ud800c", "word/document.xml");
  expect(document).toContain("ab");
  expect(document).toContain("&lt;w:p&gt;");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(document).not.toMatch(/[\u0000-\u0008\ufffe]|<w:p>a/);
});

test("a table has a head that is repeated, and Chinese has a font", async () => {
  const markdown = "| 港口 | 深度 |\n|---|---|\n| 新港 | 九米 |";
  expect(await fileOf(markdown, "word/document.xml")).toContain("<w:tblHeader/>");
  expect(await fileOf(markdown, "word/styles.xml")).toContain('w:eastAsia="Noto Sans SC"');
});
