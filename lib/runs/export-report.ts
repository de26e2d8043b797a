import type { Database } from "#db/client.ts";
import type { Report } from "#lib/domain/report.ts";
import { toHtmlDocument } from "#lib/reports/html-document.ts";
import { toBibtex } from "#lib/reports/to-bibtex.ts";
import { toCsl } from "#lib/reports/to-csl.ts";
import { toCsv } from "#lib/reports/to-csv.ts";
import { toDocx } from "#lib/reports/to-docx.ts";
import { toMarkdown } from "#lib/reports/to-markdown.ts";
import { toRis } from "#lib/reports/to-ris.ts";
import { AppError } from "#lib/std/app-error.ts";
import { exportBundle } from "./export-bundle.ts";
import { figuresOfReport } from "./figures-of-report.ts";
import { type MadePdf, makePdf } from "./make-pdf.ts";

interface Format {
  type: string;
  extension: string;
  make(report: Report, db: Database, signal: AbortSignal): string | Promise<string | Uint8Array<ArrayBuffer>>;
}

/** In what form a report leaves, by the name it has in an address. */
const formats = new Map<string, Format>([
  ["md", { type: "text/markdown; charset=utf-8", extension: "md", make: toMarkdown }],
  [
    "pdf",
    {
      type: "application/pdf",
      extension: "pdf",
      make: async (report, db, signal) => pdfOf(await makePdf(report, signal, await figuresOfReport(db.sql, report))),
    },
  ],
  [
    "docx",
    {
      type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      extension: "docx",
      make: async (report, db) => toDocx(report, await figuresOfReport(db.sql, report)),
    },
  ],
  [
    "html",
    {
      type: "text/html; charset=utf-8",
      extension: "html",
      make: async (report, db) => toHtmlDocument(report, await figuresOfReport(db.sql, report)),
    },
  ],
  ["bib", { type: "application/x-bibtex; charset=utf-8", extension: "bib", make: toBibtex }],
  ["ris", { type: "application/x-research-info-systems; charset=utf-8", extension: "ris", make: toRis }],
  ["csl", { type: "application/vnd.citationstyles.csl+json; charset=utf-8", extension: "json", make: toCsl }],
  ["csv", { type: "text/csv; charset=utf-8", extension: "csv", make: toCsv }],
  ["bundle", { type: "application/zip", extension: "zip", make: (report, db) => exportBundle(db, report) }],
]);

export interface ExportedFile {
  type: string;
  extension: string;
  content: string | Uint8Array<ArrayBuffer>;
}

/** A report as a file. A format that there is not, or that this machine cannot make, is refused in words that say what to take instead. */
export async function exportReport(db: Database, report: Report, format: string, signal: AbortSignal): Promise<ExportedFile> {
  const known = formats.get(format);
  if (!known) throw new AppError("not-found", `Reports are exported as ${[...formats.keys()].join(", ")}.`, { field: "format" });
  const { type, extension } = known;
  return { type, extension, content: await known.make(report, db, signal) };
}

function pdfOf(made: MadePdf): Uint8Array<ArrayBuffer> {
  if (made.ok) return made.pdf;
  switch (made.reason) {
    case "no-typesetter":
      throw new AppError("unavailable", "PDFs cannot be made on this machine: its platform has no typesetter. Export HTML and print that.");
    case "no-letters":
      throw new AppError("unavailable", "The fonts of the PDF lack the letters of this report. Export HTML and print that.");
    case "overdue":
      throw new AppError("unavailable", "The PDF took too long or too much memory and was given up. Export HTML or Markdown instead.");
    case "not-set":
      console.error("[pdf]", made.detail);
      throw new AppError("unavailable", "The PDF could not be set. Export HTML or Markdown instead. The server's log tells why.");
  }
}
