import { inflateRawSync } from "node:zlib";
import { parseHTML } from "linkedom";
import type { Report } from "#lib/domain/report.ts";
import { reportFacts } from "#lib/reports/document/report-facts.ts";
import { checkPdf } from "#lib/reports/pdf/check-pdf.ts";
import { toDocx } from "#lib/reports/to-docx.ts";
import { toHtml } from "#lib/reports/to-html.ts";
import { toMarkdown } from "#lib/reports/to-markdown.ts";
import { type Counts, countsOf } from "./counts.ts";
import { parseReport } from "./parse-report.ts";

const occurrences = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** What the HTML of the page holds. */
export function countsInHtml(report: Report): Counts {
  const { document } = parseHTML(`<html><body>${toHtml(report).html}</body></html>`);
  const count = (selector: string) => document.querySelectorAll(selector).length;
  return {
    headings: count("h1,h2,h3,h4,h5,h6"),
    links: count("a:not(.anchor)"),
    tables: count("table"),
    formulas: count(".formula"),
    citations: count("button.cite"),
  };
}

/** What the Markdown file holds between its title and its lists. Its marks are footnotes, read back as a reader of the file does. */
export function countsInMarkdown(report: Report): Counts {
  const file = toMarkdown({ ...report, readOnly: [], limitations: [] });
  const start = file.indexOf("\n", file.indexOf("\n# ") + 1);
  const end = report.sources[0] ? file.lastIndexOf(`\n[^${report.sources[0].n}]: `) : file.length;
  const text = file.slice(start, end);
  const marks: number[] = [];
  const numbered = text.replace(/\[\^(\d+)\]/g, (_, n: string) => `[${marks.push(Number(n)) && n}]`);
  const citations = marks.map((n) => ({ ...(report.citations[0] as Report["citations"][number]), n }));
  return countsOf(parseReport({ markdown: numbered, citations }));
}

/** What the body of the Word file holds: without the title, the facts and the list of sources. */
export async function countsInDocx(report: Report): Promise<Counts> {
  const bytes = Buffer.from(await toDocx(report));
  const document = entryOf(bytes, "word/document.xml");
  const body = document.slice(document.lastIndexOf('w:val="Fact"'), document.lastIndexOf('<w:pStyle w:val="Heading1"/>'));
  if (occurrences(document, /w:val="Fact"/g) !== reportFacts(report).length)
    throw new Error("The facts of the file are not those of the report");
  return {
    headings: occurrences(body, /<w:pStyle w:val="Heading\d"\/>/g),
    links: occurrences(body, /<w:hyperlink /g),
    tables: occurrences(body, /<w:tbl>/g),
    formulas: occurrences(body, /<m:oMath>/g),
    citations: occurrences(body, /<w:footnoteReference /g),
  };
}

/** What the tags of the PDF tell of its body: without the contents and the list of sources. */
export function countsInPdf(pdf: Uint8Array, plainFormulas: number, hasReadOnly: boolean): Counts {
  const { tags } = checkPdf(pdf);
  const headings = tags.headings.length - (hasReadOnly ? 2 : 1);
  const inBody = tags.links.filter((link) => !link.inContents && link.headings <= headings);
  return {
    headings,
    links: inBody.filter((link) => link.leaves).length,
    tables: tags.tables,
    formulas: tags.formulas + plainFormulas,
    citations: inBody.filter((link) => !link.leaves).length,
  };
}

/** One file of a ZIP, found by its name in the central directory. */
export function entryOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf("PK\u0001\u0002"); at >= 0; at = zip.indexOf("PK\u0001\u0002", at + 4)) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.subarray(at + 46, at + 46 + nameLength).toString() !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString("utf8");
  }
  throw new Error(`The file holds no ${name}`);
}
