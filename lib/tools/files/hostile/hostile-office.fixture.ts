import { deflateRawSync } from "node:zlib";
import { docxOf, epubOf, openDocumentOf, pptxOf, rtfOf, wordParagraph, wordXml, xlsxOf } from "#lib/tools/files/documents.fixture.ts";
import { type ZipEntry, zipOf } from "#lib/tools/files/zip.fixture.ts";
import { hostile } from "./hostile-case.fixture.ts";

const words = { contains: "Some words in it." };
const paragraph = wordParagraph("Some words in it.");
const docx = (more: ZipEntry[] = []) => docxOf(wordXml(paragraph), more);
const doctype = (content: string) => () => docxOf(wordXml(wordParagraph("Some words in it. &x;"), `<!DOCTYPE w [${content}]>`));

/** Microsoft's container of before 2007, as far as it is looked at. */
const compound = (streamName: string) => () =>
  Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1_016), Buffer.from(streamName, "utf16le"), Buffer.alloc(2_000)]);

/** Raw deflate of so many megabytes of one byte. */
const blown = (megabytes: number) => deflateRawSync(Buffer.alloc(megabytes * 1_000_000, "a"));

/** A workbook of one sheet with this XML in it, and a part beside it. */
const xlsxWith = (part: string, from: string | RegExp, to: string) => () => {
  const entries = xlsxEntries();
  return zipOf(entries.map((entry) => (entry.name === part ? { ...entry, content: String(entry.content).replace(from, to) } : entry)));
};
const sheetNames =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const xlsxEntries = (): ZipEntry[] => [
  { name: "[Content_Types].xml", content: "<Types/>" },
  { name: "xl/workbook.xml", content: `<workbook ${sheetNames}><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>` },
  {
    name: "xl/_rels/workbook.xml.rels",
    content: '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  },
  { name: "xl/sharedStrings.xml", content: "<sst><si><t>Some words in it.</t></si></sst>" },
  {
    name: "xl/worksheets/sheet1.xml",
    content: '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>',
  },
];
const sheet = "xl/worksheets/sheet1.xml";

const rows = (count: number, cells: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `<row>${cells(index)}</row>`).join("");

const before2007 = [
  hostile("a Word document of before 2007", "a.doc", compound("WordDocument"), "unsupported-type", { contains: "save it as docx" }),
  hostile("an Excel workbook of before 2007", "a.xls", compound("Workbook"), "unsupported-type", { contains: "save it as xlsx" }),
  hostile("a presentation of before 2007", "a.ppt", compound("PowerPoint Document"), "unsupported-type", { contains: "save it as pptx" }),
  hostile("an Outlook message", "a.msg", compound("__substg1.0_001A001F"), "unsupported-type"),
  hostile("an unknown compound file", "a.doc", compound("Whatever"), "unsupported-type"),
  hostile("a compound file of eight bytes", "a.doc", () => Buffer.from("d0cf11e0a1b11ae1", "hex"), "unsupported-type"),
  hostile("a Word document with a password", "a.docx", compound("EncryptedPackage"), "encrypted"),
];

const word = [
  hostile("a Word document called PDF", "a.pdf", docx, "text", words),
  hostile("a Word document without an extension", "a", docx, "text", words),
  hostile("a Word document cut off", "a.docx", () => docx().subarray(0, -100), "damaged"),
  hostile("half a Word document", "a.docx", () => docx().subarray(0, 500), "damaged"),
  hostile("a Word document of broken XML", "a.docx", () => docxOf("<w:document><w:body><w:p><w:r>"), "damaged"),
  hostile("a Word document that is not XML", "a.docx", () => docxOf("\x00\x01\x02 no XML at all"), "damaged"),
  hostile("a Word document without words", "a.docx", () => docxOf(wordXml("")), "unreadable-page"),
  hostile(
    "a Word document of 1 GB",
    "a.docx",
    () => zipOf([...docxHead(), { name: "word/document.xml", packed: blown(100), declaredBytes: 1_000_000_000 }]),
    "too-large",
    { contains: "the limit is 100 MB" },
  ),
  hostile(
    "a Word document of 60 MB in 60 kB",
    "a.docx",
    () => zipOf([...docxHead(), { name: "word/document.xml", packed: blown(60), declaredBytes: 60_000_000 }]),
    "too-large",
    { contains: "times its size" },
  ),
  hostile(
    "a Word document that hides its size",
    "a.docx",
    () => zipOf([...docxHead(), { name: "word/document.xml", packed: blown(200), declaredBytes: 100 }]),
    "too-large",
  ),
  hostile(
    "a Word document with 100,000 members",
    "a.docx",
    () => docx(Array.from({ length: 60_000 }, (_, index) => ({ name: `m${index}`, stored: true }))),
    "too-large",
  ),
  hostile(
    "a Word document with encrypted members",
    "a.docx",
    () => zipOf([...docxHead(), { name: "word/document.xml", content: "x", encrypted: true }]),
    "encrypted",
  ),
  hostile(
    "entities that grow",
    "a.docx",
    doctype(
      `<!ENTITY a "aaaaaaaaaa">${["b", "c", "d", "e", "f", "g", "x"].map((name, index) => `<!ENTITY ${name} "${`&${"abcdefg"[index]};`.repeat(10)}">`).join("")}`,
    ),
    "text",
    { ...words, lacks: "aaaaaaaaaaaaaaaaaaaa" },
  ),
  hostile("an entity that reads a file", "a.docx", doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'), "text", {
    ...words,
    lacks: "root:",
  }),
  hostile("an entity from the network", "a.docx", doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'), "text", words),
  hostile("a parameter entity", "a.docx", doctype('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;'), "text", { ...words, lacks: "root:" }),
  hostile(
    "a template from the network",
    "a.docx",
    () =>
      docx([
        {
          name: "word/_rels/settings.xml.rels",
          content:
            '<Relationships><Relationship Id="r" Type="attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>',
        },
      ]),
    "text",
    words,
  ),
  hostile(
    "a chunk that is a file of ours",
    "a.docx",
    () =>
      docxOf(wordXml(`${paragraph}<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c"/>`), [
        {
          name: "word/_rels/document.xml.rels",
          content: '<Relationships><Relationship Id="c" Type="aFChunk" Target="../../../../etc/passwd"/></Relationships>',
        },
      ]),
    "text",
    { ...words, lacks: "root:" },
  ),
  hostile(
    "tables nested 20,000 deep",
    "a.docx",
    () => docxOf(wordXml(`${"<w:tbl><w:tr><w:tc>".repeat(20_000)}${paragraph}${"</w:tc></w:tr></w:tbl>".repeat(20_000)}`)),
    "damaged",
  ),
  hostile("150,000 empty paragraphs", "a.docx", () => docxOf(wordXml(`${"<w:p/>".repeat(150_000)}${paragraph}`)), "text", words),
  hostile("macros", "a.docm", () => docx([{ name: "word/vbaProject.bin", content: "Sub AutoOpen" }]), "text", {
    ...words,
    lacks: "AutoOpen",
  }),
  hostile(
    "members with names that leave their folder",
    "a.docx",
    () => docx([{ name: "../../../tmp/evil.txt", content: "evil" }]),
    "text",
    { ...words, lacks: "evil" },
  ),
  hostile("its main part twice", "a.docx", () => docx([{ name: "word/document.xml", content: wordXml(wordParagraph("other")) }]), "text"),
  hostile("an archive called Word", "a.docx", () => zipOf([{ name: "a.txt", content: "Some words in it." }]), "text", words),
];
function docxHead(): ZipEntry[] {
  return [{ name: "[Content_Types].xml", content: "<Types/>" }];
}

const sheets = [
  hostile("a workbook called CSV", "a.csv", () => xlsxOf({ One: [["Some words in it.", 1]] }), "text", words),
  hostile("a workbook with days and shares", "a.xlsx", () => xlsxOf({ One: [["day"], [{ date: 45_000 }]] }), "text", {
    contains: "2023-03-15",
  }),
  hostile("an empty workbook", "a.xlsx", () => xlsxOf({ One: [], Two: [] }), "unreadable-page"),
  hostile("a cell in a column that does not exist", "a.xlsx", xlsxWith(sheet, 'r="A1"', 'r="ZZZZZZ1"'), "text"),
  hostile("a cell in the last column", "a.xlsx", xlsxWith(sheet, 'r="A1"', 'r="XFD1"'), "text", words),
  hostile("a text that is not there", "a.xlsx", xlsxWith(sheet, "<v>0", "<v>99999999"), "unreadable-page"),
  hostile("a number beyond all numbers", "a.xlsx", xlsxWith(sheet, '<c r="A1" t="s"><v>0', '<c r="A1" s="0"><v>1e999'), "text"),
  hostile("a formula that starts a program", "a.xlsx", xlsxWith(sheet, "</c>", `</c><c r="B1"><f>cmd|'/C calc'!A0</f></c>`), "text", {
    contains: "=cmd",
  }),
  hostile("a sheet that is missing", "a.xlsx", xlsxWith("xl/_rels/workbook.xml.rels", "sheet1", "sheet9"), "damaged"),
  hostile(
    "a sheet that is a file of ours",
    "a.xlsx",
    xlsxWith("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../../../etc/passwd"),
    "damaged",
  ),
  hostile("a workbook without sheets", "a.xlsx", xlsxWith("xl/workbook.xml", /<sheet name.*\/>/, ""), "damaged"),
  hostile(
    "texts that grow",
    "a.xlsx",
    xlsxWith("xl/sharedStrings.xml", "<sst>", `<!DOCTYPE s [<!ENTITY a "${"a".repeat(1_000)}">]><sst>`),
    "text",
    words,
  ),
  hostile(
    "150,000 rows",
    "a.xlsx",
    xlsxWith(sheet, "</sheetData>", `${rows(150_000, (index) => `<c><v>${index * 7}</v></c>`)}</sheetData>`),
    "text",
  ),
  hostile(
    "one text in 100,000 cells",
    "a.xlsx",
    xlsxWith(sheet, "</sheetData>", `${rows(100_000, (index) => `<c t="s"><v>0</v></c><c><v>${index * 7}</v></c>`)}</sheetData>`),
    "text",
    { contains: "The document goes on" },
  ),
  hostile(
    "a binary workbook",
    "a.xlsb",
    () =>
      zipOf([
        { name: "[Content_Types].xml", content: "<Types/>" },
        { name: "xl/workbook.bin", content: "x" },
      ]),
    "unsupported-type",
    { contains: "save it as xlsx" },
  ),
];

const repeated = (rows: number, columns: number) =>
  `<table:table table:name="S"><table:table-row table:number-rows-repeated="${rows}"><table:table-cell table:number-columns-repeated="${columns}"><text:p>Some words in it.</text:p></table:table-cell></table:table-row></table:table>`;
const locked =
  '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="x"><manifest:algorithm manifest:algorithm-name="Blowfish CFB" manifest:initialisation-vector="x"/></manifest:encryption-data></manifest:file-entry>';

const others = [
  hostile(
    "slides",
    "a.pptx",
    () =>
      pptxOf([
        ["First", "Some words in it."],
        ["Second", "More."],
      ]),
    "text",
    { contains: "[slide 2]" },
  ),
  hostile(
    "a slide that is missing",
    "a.pptx",
    () =>
      zipOf([
        { name: "[Content_Types].xml", content: "<Types/>" },
        { name: "ppt/presentation.xml", content: "<p:presentation/>" },
      ]),
    "unreadable-page",
  ),
  hostile(
    "a spreadsheet with the text of 10,000,000,000 cells",
    "a.ods",
    () => openDocumentOf("spreadsheet", repeated(1_048_576, 16_384)),
    "text",
    words,
  ),
  hostile("an OpenDocument text with a password", "a.odt", () => openDocumentOf("text", "<text:p>x</text:p>", locked), "encrypted"),
  hostile("an OpenDocument text without words", "a.odt", () => openDocumentOf("text", ""), "unreadable-page"),
  hostile("an OpenDocument text called Word", "a.docx", () => openDocumentOf("text", "<text:p>Some words in it.</text:p>"), "text", words),
  hostile("an OpenDocument text cut off", "a.odt", () => openDocumentOf("text", "<text:p>x</text:p>").subarray(0, -30), "damaged"),
  hostile(
    "30,000 nested sections",
    "a.odt",
    () => openDocumentOf("text", `${"<text:section>".repeat(30_000)}<text:p>x</text:p>${"</text:section>".repeat(30_000)}`),
    "damaged",
  ),
  hostile("a drawing", "a.odg", () => openDocumentOf("graphics", "<draw:page/>"), "unsupported-type", { contains: "save it as PDF" }),
  hostile("a book", "a.epub", () => epubOf("A Book", ["<h1>One</h1><p>Some words in it.</p>"]), "text", words),
  hostile("a book with scripts", "a.epub", () => epubOf("A Book", ["<script>steal()</script><p>Some words in it.</p>"]), "text", {
    ...words,
    lacks: "steal",
  }),
  hostile("a book without chapters", "a.epub", () => epubOf("A Book", []), "unreadable-page"),
  hostile(
    "a book locked to its shop",
    "a.epub",
    () => epubOf("A Book", ["<p>x</p>"], [{ name: "META-INF/rights.xml", content: "<x/>" }]),
    "encrypted",
  ),
  hostile(
    "a book that is a file of ours",
    "a.epub",
    () =>
      zipOf([
        { name: "mimetype", content: "application/epub+zip", stored: true },
        {
          name: "META-INF/container.xml",
          content: '<container><rootfiles><rootfile full-path="../../../../etc/passwd"/></rootfiles></container>',
        },
      ]),
    "damaged",
  ),
  hostile("rich text", "a.doc", () => rtfOf("Some words in it."), "text", words),
  hostile("rich text cut off", "a.rtf", () => rtfOf("Some words in it.").subarray(0, -8), "text"),
  hostile("rich text nested 100,000 deep", "a.rtf", () => `{\\rtf1 Some words in it.${"{".repeat(100_000)}`, "damaged"),
  hostile("rich text with 2,000,000,000 bytes to come", "a.rtf", "{\\rtf1 Some words in it. \\bin2000000000 x}", "text"),
  hostile("rich text with a program in it", "a.rtf", "{\\rtf1 Some words in it.{\\object\\objemb{\\*\\objdata 4d5a9000}}}", "text", {
    ...words,
    lacks: "4d5a",
  }),
  hostile("a Pages document", "a.pages", () => zipOf([{ name: "Index/Document.iwa", content: "x" }]), "unsupported-type", {
    contains: "export it",
  }),
  hostile(
    "a Java program",
    "a.jar",
    () =>
      zipOf([
        { name: "META-INF/MANIFEST.MF", content: "x" },
        { name: "A.class", content: "x" },
      ]),
    "unsupported-type",
  ),
];

/** Documents of office suites, broken, locked, blown up or full of references to elsewhere. */
export const hostileOffice = [...before2007, ...word, ...sheets, ...others];
