import { expect, test } from "vitest";
import { describeFile } from "./describe-file.ts";
import { docxOf, epubOf, openDocumentOf, pdfOf, pptxOf, rtfOf, xlsxOf } from "./documents.fixture.ts";
import { zipOf } from "./zip.fixture.ts";

test.each([
  ["PDF", "x.docx", pdfOf([[]])],
  ["Word document", "x", docxOf("")],
  ["PowerPoint presentation", "x.zip", pptxOf([])],
  ["Excel workbook", "x.csv", xlsxOf({ One: [] })],
  ["OpenDocument text", "x", openDocumentOf("text", "")],
  ["OpenDocument spreadsheet", "x", openDocumentOf("spreadsheet", "")],
  ["OpenDocument presentation", "x", openDocumentOf("presentation", "")],
  ["EPUB book", "x", epubOf("", [])],
  ["RTF document", "x.doc", rtfOf("")],
  ["ZIP archive", "x.docx", zipOf([{ name: "a.txt" }])],
  ["CSV table", "X.CSV", Buffer.from("a,b")],
  ["TSV table", "x.tsv", Buffer.from("a\tb")],
  ["Markdown", "x.md", Buffer.from("# a")],
  ["JSON", "x.json", Buffer.from("{}")],
  ["JSON lines", "x.jsonl", Buffer.from("{}")],
  ["Web page", "x.html", Buffer.from("words")],
  ["Web page", "x", Buffer.from("<!-- a --> <!doctype html>")],
  ["Text", "x.log", Buffer.from("words")],
])("%s", async (type, name, bytes) => {
  expect(await describeFile(name, bytes)).toEqual({ ok: true, type });
});

test("a refusal says what it is and what can be read", async () => {
  expect(await describeFile("x.pdf", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"))).toEqual({
    ok: false,
    reason: "unsupported-type",
    detail: expect.stringMatching(/^it is an image \(png\); PDF, Word \(docx\), .* can be read$/),
  });
});
