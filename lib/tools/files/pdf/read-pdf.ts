import { counted } from "#lib/tools/files/counted.ts";
import { type FileFailure, fileFailure } from "#lib/tools/files/file-failure.ts";
import { fileLimits } from "#lib/tools/files/file-limits.ts";
import type { FileText } from "#lib/tools/files/file-text.ts";
import { maxCharacters } from "#lib/tools/reader/tidy-text.ts";
import { isDocumentTitle } from "./is-document-title.ts";
import { joinPages } from "./join-pages.ts";
import { openPdf, type PdfDocument, type PdfError } from "./pdfium.ts";
import { withoutRunningLines } from "./without-running-lines.ts";

const failures: Record<PdfError, FileFailure> = {
  password: fileFailure("encrypted", "it needs a password; save it without one"),
  security: fileFailure("encrypted", "it is encrypted in a way that is not read; save it without a password"),
  format: fileFailure("damaged", "it is broken or was cut off"),
};

/** The text layer of a PDF, page by page, each under its mark. Pictures are not read: a scan has no text layer. */
export async function readPdf(bytes: Uint8Array): Promise<(FileText & { cut: boolean }) | FileFailure> {
  try {
    const opened = await openPdf(bytes);
    return opened.ok ? textOf(opened.document) : failures[opened.error];
  } catch (error) {
    // What pdfium cannot go on after ends its wasm: a full memory says so, all else is what a broken file does to it.
    return error instanceof Error && /OOM|memory/i.test(error.message)
      ? fileFailure("out-of-memory", "reading it took more memory than a file may use")
      : failures.format;
  }
}

function textOf(document: PdfDocument): (FileText & { cut: boolean }) | FileFailure {
  const extent = counted(document.pageCount, "page");
  const pages: string[] = [];
  let characters = 0;
  while (pages.length < Math.min(document.pageCount, fileLimits.pages) && characters <= maxCharacters) {
    const text = tidyPage(document.pageText(pages.length));
    characters += text.length;
    pages.push(text);
  }
  if (!pages.some((page) => /[\p{L}\p{N}]/u.test(page))) {
    return fileFailure("unreadable-page", `it has no text layer (${extent}); scanned pages cannot be read`);
  }
  const title = document.title();
  const cut = pages.length < document.pageCount;
  return { ok: true, title: isDocumentTitle(title) ? title : "", text: joinPages(withoutRunningLines(pages)), extent, cut };
}

/** pdfium puts U+FFFE where a word is divided at the end of a line, in the place of the hyphen and the line break. */
const tidyPage = (text: string) => text.replaceAll("\r\n", "\n").replaceAll("\ufffe", "").trim();
