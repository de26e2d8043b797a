import { deflateSync } from "node:zlib";
import { docxOf, pdfOf, wordParagraph, wordXml } from "#lib/tools/files/documents.fixture.ts";
import { zipOf } from "#lib/tools/files/zip.fixture.ts";
import { type HostileCase, hostile } from "./hostile-case.fixture.ts";

const onePage = () => pdfOf([["Some words on a page."]]);
const asText = (bytes: Buffer) => bytes.toString("latin1");
const replaced = (from: string | RegExp, to: string) => () => asText(onePage()).replace(from, to);
const words = { contains: "Some words on a page." };

/** A PDF without a table of its objects, which a reader has to find by itself. */
const loose = (...objects: string[]) =>
  `%PDF-1.7\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join("")}trailer\n<< /Root 1 0 R >>\n%%EOF`;
const catalog = "<< /Type /Catalog /Pages 2 0 R >>";

const inflated = (content: Buffer, uses: number) => {
  const packed = asText(deflateSync(content));
  const filters = uses > 1 ? `[${"/FlateDecode ".repeat(uses)}]` : "/FlateDecode";
  return loose(
    catalog,
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
    `<< /Length ${packed.length} /Filter ${filters} >>\nstream\n${packed}\nendstream`,
  );
};
const encryption = (dictionary: string) => () => pdfOf([["Some words on a page."]], "/Encrypt 6 0 R /ID [<00><00>]", [dictionary]);
const tooMuch: HostileCase["expected"] = ["out-of-memory", "unreadable-page"];
const strange = "x".repeat(32);

/** PDFs, broken, locked, endless or two things at once. */
export const hostilePdfs = [
  hostile("a header and nothing more", "a.pdf", "%PDF-1.7", "damaged"),
  hostile("a header and words", "a.pdf", "%PDF-1.7\nthese are only words", "damaged"),
  hostile("a header and noise", "a.pdf", () => `%PDF-1.7\n${"\x00\xff\x13\x80".repeat(20_000)}`, "damaged"),
  hostile("cut off in its first object", "a.pdf", () => onePage().subarray(0, 60), "damaged"),
  hostile("cut off before its table", "a.pdf", () => onePage().subarray(0, -200), "damaged"),
  hostile("a table of objects that is wrong", "a.pdf", replaced(/startxref\n\d+/, "startxref\n999999999"), "text", words),
  hostile("a table that comes before itself", "a.pdf", replaced("/Root 1 0 R", "/Root 1 0 R /Prev 10"), "text"),
  hostile("no root", "a.pdf", replaced("/Root 1 0 R", "/Root 99 0 R"), "damaged"),
  hostile("a stream that lies about its length", "a.pdf", replaced(/\/Length \d+/, "/Length 99999999"), "text", words),
  hostile("a stream of negative length", "a.pdf", replaced(/\/Length \d+/, "/Length -5"), "text"),
  hostile("words before its header", "a.pdf", () => `\n\n${asText(onePage())}`, "text", words),
  hostile("bytes before its header", "a.pdf", () => `\x00\x01\x02\x03\x04\x05${asText(onePage())}`, "text", words),
  hostile("called Word", "a.docx", onePage, "text", words),
  hostile(
    "pages that hold themselves",
    "a.pdf",
    () => loose(catalog, "<< /Type /Pages /Count 5 /Kids [2 0 R 2 0 R] >>"),
    "unreadable-page",
  ),
  hostile("2,000,000,000 pages by its own count", "a.pdf", replaced("/Count 1", "/Count 2000000000"), "text", words),
  hostile("fewer than no pages", "a.pdf", replaced("/Count 1", "/Count -1"), "text"),
  hostile("3,000 pages", "a.pdf", () => pdfOf(Array.from({ length: 3_000 }, (_, index) => [`This is page ${index}.`])), "text", {
    contains: "The document goes on",
  }),
  hostile("no text layer", "a.pdf", () => pdfOf([[], [], []]), "unreadable-page", {
    contains: "it has no text layer (3 pages); scanned pages cannot be read",
  }),
  hostile("a page of 200,000 lines", "a.pdf", () => pdfOf([Array.from({ length: 200_000 }, (_, index) => `Line ${index}`)]), "text"),
  hostile("a stream that unpacks to 300 MB", "a.pdf", () => inflated(Buffer.alloc(300_000_000, " "), 1), tooMuch),
  hostile("a stream of 300 MB packed twice", "a.pdf", () => inflated(deflateSync(Buffer.alloc(300_000_000, "q ")), 2), tooMuch),
  hostile(
    "arrays nested 100,000 deep",
    "a.pdf",
    () => loose(`<< /Type /Catalog /Pages 2 0 R /X ${"[".repeat(100_000)} >>`, "<< /Type /Pages /Count 0 /Kids [] >>"),
    "damaged",
  ),
  hostile(
    "a form that draws itself",
    "a.pdf",
    () =>
      loose(
        catalog,
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /XObject << /F 5 0 R >> >> /Contents 4 0 R >>",
        "<< /Length 5 >>\nstream\n/F Do\nendstream",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream",
      ),
    ["out-of-memory", "timed-out"],
  ),
  hostile("coordinates beyond all numbers", "a.pdf", replaced("50 750 Td", "1e999 -1e999 Td 99999999999999999999 Tc"), "text"),
  hostile("a font that is missing", "a.pdf", replaced("/F1 3 0 R", "/F1 77 0 R"), "text"),
  hostile(
    "a script that runs when opened",
    "a.pdf",
    replaced("/Pages 2 0 R", "/Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\); for\\(;;\\);) >>"),
    "text",
    words,
  ),
  hostile(
    "a program that is started when opened",
    "a.pdf",
    replaced("/Pages 2 0 R", "/Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >>"),
    "text",
    words,
  ),
  hostile("contents in another file", "a.pdf", replaced("<< /Length", "<< /F (/etc/passwd) /Length"), "text", { lacks: "root:" }),
  hostile(
    "encrypted with a password",
    "a.pdf",
    encryption(`<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (${strange}) /U (${strange}) >>`),
    "encrypted",
  ),
  hostile("encrypted in an unknown way", "a.pdf", encryption("<< /Filter /Someones.Own /V 4 >>"), "encrypted"),
  hostile("encrypted, with a broken description", "a.pdf", encryption("<< /Filter /Standard /V 99 /R 99 >>"), "encrypted"),
  hostile(
    "with an archive behind it",
    "a.zip",
    () => Buffer.concat([onePage(), zipOf([{ name: "a.txt", content: "other words" }])]),
    "text",
    { ...words, lacks: "other words" },
  ),
  hostile("within an archive, uncompressed", "a.pdf", () => zipOf([{ name: "p.pdf", content: onePage(), stored: true }]), "text", {
    contains: "Files in the archive",
  }),
  hostile(
    "with a Word document behind it",
    "a.docx",
    () => Buffer.concat([onePage(), docxOf(wordXml(wordParagraph("other words")))]),
    "text",
    { ...words, lacks: "other words" },
  ),
  hostile("within a picture", "a.pdf", () => `GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff${asText(onePage())}`, "unsupported-type"),
  hostile("behind a Windows program", "a.pdf", () => `MZ\x90\x00\x03\x00\x00\x00\x04\x00${asText(onePage())}`, "unsupported-type"),
];
