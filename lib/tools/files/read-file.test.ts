import { expect, test, vi } from "vitest";
import { docxOf, epubOf, openDocumentOf, pdfOf, pptxOf, rtfOf, wordParagraph, wordXml, xlsxOf } from "./documents.fixture.ts";
import { readFile } from "./read-file.ts";
import { zipOf } from "./zip.fixture.ts";

vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;
const read = (name: string, bytes: Buffer | string) => readFile(name, Buffer.from(bytes), never);
const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`;

test("a Word document becomes Markdown, with its tables and what is not Latin", async () => {
  const table = `<w:tbl><w:tr>${cell("Year")}${cell("Count")}</w:tr><w:tr>${cell("2024")}${cell("12")}</w:tr></w:tbl>`;
  const bold =
    '<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>one</w:t></w:r><w:r><w:t xml:space="preserve"> sentence, 中文 &lt;b&gt;.</w:t></w:r></w:p>';
  expect(await read("a.docx", docxOf(wordXml(wordParagraph("A Title", "Heading1") + bold + table)))).toEqual({
    ok: true,
    title: "",
    text: "# A Title\n\nIt is one sentence, 中文 <b>.\n\n| Year | Count |\n| --- | --- |\n| 2024 | 12 |",
  });
});

test("a workbook becomes one table for each sheet, with days as days", async () => {
  const rows = [["Name", "Count", "Day"], ["a|b", 12.5, { date: 45_000 }], [], ["", 0.1 + 0.2, { date: 45_000.5 }]];
  expect(await read("a.xlsx", xlsxOf({ "First & one": rows, Empty: [], Last: [["x"], [1]] }))).toEqual({
    ok: true,
    title: "",
    extent: "3 sheets, 5 rows",
    text: [
      "## Sheet: First & one\n\n| Name | Count | Day |\n| --- | --- | --- |\n| a\\|b | 12.5 | 2023-03-15 |\n|  | 0.3 | 2023-03-15 12:00 |",
      "## Sheet: Empty\n\n(empty)",
      "## Sheet: Last\n\n| x |\n| --- |\n| 1 |",
    ].join("\n\n"),
  });
});

test("a presentation has a mark before each slide", async () => {
  expect(
    await read(
      "a.pptx",
      pptxOf([
        ["One", "First words"],
        ["Two", "More"],
      ]),
    ),
  ).toEqual({
    ok: true,
    title: "",
    extent: "2 slides",
    text: "[slide 1]\n\n# One\n\nFirst words\n\n[slide 2]\n\n# Two\n\nMore",
  });
});

test("a PDF has a mark before each page, and a sentence over the end of a page is whole", async () => {
  const pages = [
    ["The first page begins here, and its last sentence is so long that", "it goes on"],
    ["on the next page. A second one follows."],
  ];
  const title = "/Info 8 0 R";
  expect(await read("a.pdf", pdfOf(pages, title, ["<< /Title (A Report on Tides) >>"]))).toEqual({
    ok: true,
    title: "A Report on Tides",
    extent: "2 pages",
    text: "[page 1]\n\nThe first page begins here, and its last sentence is so long that\nit goes on on the next page.\n\n[page 2]\n\nA second one follows.",
  });
});

const table = (name: string, text: string) =>
  `<table:table table:name="${name}"><table:table-row><table:table-cell><text:p>${text}</text:p></table:table-cell></table:table-row></table:table>`;
test.each([
  [
    "a.odt",
    openDocumentOf("text", '<text:h text:outline-level="2">Head</text:h><text:p>Words.</text:p>'),
    "",
    "## Head\n\nWords.",
    undefined,
  ],
  [
    "a.ods",
    openDocumentOf("spreadsheet", table("S1", "a") + table("S2", "b")),
    "",
    "## Sheet: S1\n\n| a |\n| --- |\n\n## Sheet: S2\n\n| b |\n| --- |",
    "2 sheets, 2 rows",
  ],
  [
    "a.odp",
    openDocumentOf("presentation", "<draw:page><draw:frame><draw:text-box><text:p>Words</text:p></draw:text-box></draw:frame></draw:page>"),
    "",
    "[slide 1]\n\nWords",
    "1 slide",
  ],
  ["a.epub", epubOf("The Book", ["<h1>One</h1><p>Words.</p>", "<p>More.</p>"]), "The Book", "# One\n\nWords.\n\nMore.", undefined],
  ["a.rtf", rtfOf("{\\b Words} caf\\'e9.\\par More."), "", "Words café.\n\nMore.", undefined],
  ["a.csv", Buffer.from('a;b\r\n1;"x;""y"""\r\n\r\n'), "", '| a | b |\n| --- | --- |\n| 1 | x;"y" |', "2 rows"],
  ["a.html", Buffer.from("<title>T</title><p>Words <a href=x>here</a>."), "T", "Words here.", undefined],
  ["a.md", Buffer.from("# Head\n\n*words*"), "Head", "# Head\n\n*words*", undefined],
  ["a b.json", Buffer.from('{"a":[1]}'), "a b.json", '{\n  "a": [\n    1\n  ]\n}', undefined],
  ["a.jsonl", Buffer.from('{"a":1}\n{"a":2}'), "a.jsonl", '{"a":1}\n{"a":2}', undefined],
  ["a.py", Buffer.from("print(1)"), "a.py", "print(1)", undefined],
])("%s is read", async (name, bytes, title, text, extent) => {
  expect(await read(name, bytes)).toEqual({ ok: true, title, text, ...(extent && { extent }) });
});

test("an archive lists what is in it and reads its members", async () => {
  const picture = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const members = [
    { name: "in/a.csv", content: "a,b\n1,2" },
    { name: "p.png", content: picture },
    { name: "in/" },
    { name: "b.txt", content: "Words." },
  ];
  expect(await read("a.zip", zipOf(members))).toEqual({
    ok: true,
    title: "",
    extent: "2 files of 3 read",
    text: "Files in the archive:\n- in/a.csv\n- p.png: not read, it is an image (png)\n- b.txt\n\n## in/a.csv\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n## b.txt\n\nWords.",
  });
});

test("an abort ends the reading", async () => {
  const stop = new AbortController();
  const reading = readFile("a.csv", Buffer.from("a,b\n".repeat(4_000_000)), stop.signal);
  stop.abort();
  expect(await reading).toMatchObject({ ok: false, reason: "cancelled" });
});
