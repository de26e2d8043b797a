export interface ExportFormat {
  id: string;
  name: string;
  /** What it is, in a line. */
  note: string;
  extension: string;
}

/** In what form a report leaves: by what it is for. */
export const exportFormats: readonly ExportFormat[] = [
  { id: "md", name: "Markdown", note: "Footnotes with address, time read and status", extension: "md" },
  {
    id: "pdf",
    name: "PDF",
    note: "For print: contents with page numbers, every citation a link, the cited passages at the end",
    extension: "pdf",
  },
  { id: "docx", name: "Word", note: "To be edited, with footnotes", extension: "docx" },
  { id: "html", name: "Web page", note: "One file, without script, readable offline", extension: "html" },
  { id: "csv", name: "Claims as a table", note: "Each sentence with its source, passage and status", extension: "csv" },
  { id: "bib", name: "BibTeX", note: "The cited sources, for LaTeX", extension: "bib" },
  { id: "ris", name: "RIS", note: "The cited sources, for EndNote and others", extension: "ris" },
  { id: "csl", name: "CSL-JSON", note: "The cited sources, for Zotero and Pandoc", extension: "json" },
  { id: "bundle", name: "Bundle", note: "Report, stored copies, trace and hashes, to be checked again offline", extension: "zip" },
];
