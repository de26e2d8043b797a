import { type ZipEntry, zipOf } from "./zip.fixture.ts";

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const officeTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageTypes = "http://schemas.openxmlformats.org/package/2006";
const wordNames = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const sheetNames = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${officeTypes}"`;
const slideNames = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${officeTypes}"`;

const relationships = (targets: [id: string, type: string, target: string][]) =>
  `${xmlHead}<Relationships xmlns="${packageTypes}/relationships">${targets
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${officeTypes}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

const contentTypes: ZipEntry = {
  name: "[Content_Types].xml",
  content: `${xmlHead}<Types xmlns="${packageTypes}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>`,
};

/** The XML of a Word document around a body. */
export const wordXml = (body: string, before = "") => `${xmlHead}${before}<w:document ${wordNames}><w:body>${body}</w:body></w:document>`;
export const wordParagraph = (text: string, style = "") =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

/** `xml` is the whole main part; `more` are further members. */
export const docxOf = (xml: string, more: ZipEntry[] = []) =>
  zipOf([
    contentTypes,
    { name: "_rels/.rels", content: relationships([["rId1", "officeDocument", "word/document.xml"]]) },
    { name: "word/document.xml", content: xml },
    ...more,
  ]);

/** A workbook of sheets of rows. Numbers are numbers, texts are inline strings, `{ date }` is a day as a serial number in date format. */
export type Cell = string | number | { date: number };
export function xlsxOf(sheets: Record<string, Cell[][]>): Buffer {
  const names = Object.keys(sheets);
  const workbook = `${xmlHead}<workbook ${sheetNames}><sheets>${names
    .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join("")}</sheets></workbook>`;
  const styles = `${xmlHead}<styleSheet ${sheetNames}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`;
  return zipOf([
    contentTypes,
    { name: "_rels/.rels", content: relationships([["rId1", "officeDocument", "xl/workbook.xml"]]) },
    { name: "xl/workbook.xml", content: workbook },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: relationships([
        ...names.map((_, index): [string, string, string] => [`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`]),
        ["rIdStyles", "styles", "styles.xml"],
      ]),
    },
    { name: "xl/styles.xml", content: styles },
    ...names.map((name, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(sheets[name] ?? []) })),
  ]);
}

const sheetXml = (rows: Cell[][]) =>
  `${xmlHead}<worksheet ${sheetNames}><sheetData>${rows
    .map((row, y) => `<row r="${y + 1}">${row.map((cell, x) => cellXml(cell, `${columnName(x)}${y + 1}`)).join("")}</row>`)
    .join("")}</sheetData></worksheet>`;
function cellXml(cell: Cell, place: string): string {
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === "object") return `<c r="${place}" s="1"><v>${cell.date}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
}
const columnName = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);

/** A presentation with a title and a text on each slide. */
export function pptxOf(slides: [title: string, text: string][]): Buffer {
  const shape = (type: string, text: string) =>
    `<p:sp><p:nvSpPr><p:cNvPr id="2" name="${type}"/><p:cNvSpPr/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
  return zipOf([
    contentTypes,
    { name: "_rels/.rels", content: relationships([["rId1", "officeDocument", "ppt/presentation.xml"]]) },
    {
      name: "ppt/presentation.xml",
      content: `${xmlHead}<p:presentation ${slideNames}><p:sldIdLst>${slides
        .map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`)
        .join("")}</p:sldIdLst></p:presentation>`,
    },
    {
      name: "ppt/_rels/presentation.xml.rels",
      content: relationships(slides.map((_, index) => [`rId${index + 1}`, "slide", `slides/slide${index + 1}.xml`])),
    },
    ...slides.map(([title, text], index) => ({
      name: `ppt/slides/slide${index + 1}.xml`,
      content: `${xmlHead}<p:sld ${slideNames}><p:cSld><p:spTree>${shape("title", title)}${shape("body", text)}</p:spTree></p:cSld></p:sld>`,
    })),
  ]);
}

const openNames =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"';

/** An OpenDocument file of a type around the content of its body. */
export const openDocumentOf = (type: "text" | "spreadsheet" | "presentation" | "graphics", body: string, manifest = "") =>
  zipOf([
    { name: "mimetype", content: `application/vnd.oasis.opendocument.${type}`, stored: true },
    {
      name: "content.xml",
      content: `${xmlHead}<office:document-content ${openNames} office:version="1.2"><office:body><office:${type}>${body}</office:${type}></office:body></office:document-content>`,
    },
    {
      name: "META-INF/manifest.xml",
      content: `${xmlHead}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">${manifest}</manifest:manifest>`,
    },
  ]);

/** A book of chapters, each the body of an XHTML page. */
export const epubOf = (title: string, chapters: string[], more: ZipEntry[] = []) =>
  zipOf([
    { name: "mimetype", content: "application/epub+zip", stored: true },
    {
      name: "META-INF/container.xml",
      content: `${xmlHead}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
    },
    {
      name: "OEBPS/content.opf",
      content: `${xmlHead}<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></metadata><manifest>${chapters
        .map((_, index) => `<item id="c${index}" href="c${index}.xhtml" media-type="application/xhtml+xml"/>`)
        .join("")}</manifest><spine>${chapters.map((_, index) => `<itemref idref="c${index}"/>`).join("")}</spine></package>`,
    },
    ...chapters.map((body, index) => ({
      name: `OEBPS/c${index}.xhtml`,
      content: `${xmlHead}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${index}</title></head><body>${body}</body></html>`,
    })),
    ...more,
  ]);

export const rtfOf = (body: string) => Buffer.from(`{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}${body}}`, "latin1");

/** A PDF with these lines of Latin text on each page. `trailer` goes into the trailer dictionary. */
export function pdfOf(pages: string[][], trailer = "", moreObjects: string[] = []): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...pages.flatMap((lines, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
      streamOf(`BT /F1 11 Tf 50 750 Td 14 TL ${lines.map((line) => `(${line.replace(/[()\\]/g, "\\$&")}) Tj T*`).join(" ")} ET`),
    ]),
    ...moreObjects,
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  return Buffer.from(
    `${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`,
    "latin1",
  );
}

const streamOf = (content: string) => `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
