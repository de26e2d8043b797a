export type OfficeKind = "docx" | "pptx" | "xlsx" | "odt" | "ods" | "odp" | "epub" | "rtf";
export type TextKind = "csv" | "tsv" | "html" | "markdown" | "json" | "jsonl" | "text";
export type FileKind = "pdf" | "zip" | OfficeKind | TextKind;

/** As the screen and the log name it. */
export const kindWords: Record<FileKind, string> = {
  pdf: "PDF",
  docx: "Word document",
  pptx: "PowerPoint presentation",
  xlsx: "Excel workbook",
  odt: "OpenDocument text",
  ods: "OpenDocument spreadsheet",
  odp: "OpenDocument presentation",
  epub: "EPUB book",
  rtf: "RTF document",
  csv: "CSV table",
  tsv: "TSV table",
  html: "Web page",
  markdown: "Markdown",
  json: "JSON",
  jsonl: "JSON lines",
  text: "Text",
  zip: "ZIP archive",
};

/** For a refusal: what to offer instead. */
export const readableKinds =
  "PDF, Word (docx), PowerPoint (pptx), Excel (xlsx), OpenDocument (odt, ods, odp), EPUB, RTF, HTML, CSV, Markdown, JSON, text, and ZIP archives of these can be read";
