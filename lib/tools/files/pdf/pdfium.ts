import { PDFiumModule } from "@hyzyla/pdfium";

type Module = Awaited<ReturnType<typeof PDFiumModule>> & {
  // Of the build, but not of its types.
  _FPDF_GetMetaText(document: number, tag: number, buffer: number, length: number): number;
};
export type PdfError = "password" | "security" | "format";
const errors: Record<number, PdfError> = { 4: "password", 5: "security" };

export interface PdfDocument {
  pageCount: number;
  /** From 0. Empty for a page that cannot be read. */
  pageText(index: number): string;
  title(): string;
}

/**
 * Opens a PDF in a pdfium of its own, which goes with all its memory when the document is no longer held: wasm memory never shrinks, and
 * after a trap it cannot be trusted. Used without the package's classes because they never close a page.
 */
export async function openPdf(bytes: Uint8Array): Promise<{ ok: true; document: PdfDocument } | { ok: false; error: PdfError }> {
  const module = (await PDFiumModule({})) as Module;
  module._FPDF_InitLibraryWithConfig({ version: 2, m_pIsolate: null, m_pUserFontPaths: null, m_v8EmbedderSlot: 0, m_pPlatform: null });
  const copy = module.wasmExports.malloc(bytes.length); // pdfium reads from it for as long as the document is open
  module.HEAPU8.set(bytes, copy);
  const document = module._FPDF_LoadMemDocument(copy, bytes.length, 0);
  if (!document) return { ok: false, error: errors[module._FPDF_GetLastError()] ?? "format" };
  return {
    ok: true,
    document: {
      pageCount: module._FPDF_GetPageCount(document),
      pageText: (index) => pageText(module, document, index),
      title: () => titleOf(module, document),
    },
  };
}

function pageText(module: Module, document: number, index: number): string {
  const page = module._FPDF_LoadPage(document, index);
  if (!page) return "";
  const textPage = module._FPDFText_LoadPage(page);
  const count = textPage ? module._FPDFText_CountChars(textPage) : 0;
  const text = count > 0 ? utf16(module, (count + 1) * 2, (buffer) => module._FPDFText_GetText(textPage, 0, count, buffer) * 2) : "";
  if (textPage) module._FPDFText_ClosePage(textPage);
  module._FPDF_ClosePage(page);
  return text;
}

function titleOf(module: Module, document: number): string {
  const tag = module.wasmExports.malloc(8);
  module.HEAPU8.set(Buffer.from("Title\0"), tag);
  const bytes = module._FPDF_GetMetaText(document, tag, 0, 0);
  return bytes > 2 && bytes < 10_000 ? utf16(module, bytes, (buffer) => module._FPDF_GetMetaText(document, tag, buffer, bytes)) : "";
}

/** The text that `write` puts into a buffer: it returns how many bytes, with two zeros at the end. */
function utf16(module: Module, bytes: number, write: (buffer: number) => number): string {
  const buffer = module.wasmExports.malloc(bytes);
  const written = write(buffer);
  // Read only now: a memory that has grown has a new buffer.
  const text = new TextDecoder("utf-16le").decode(module.HEAPU8.subarray(buffer, buffer + Math.max(0, Math.min(written, bytes) - 2)));
  module.wasmExports.free(buffer);
  return text;
}
