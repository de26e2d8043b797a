import { type OfficeParserAST, parseOffice } from "officeparser";
import { counted } from "#lib/tools/files/counted.ts";
import type { FileFailure } from "#lib/tools/files/file-failure.ts";
import type { OfficeKind } from "#lib/tools/files/file-kind.ts";
import { fileLimits } from "#lib/tools/files/file-limits.ts";
import type { FileText } from "#lib/tools/files/file-text.ts";
import { officeFailure } from "./office-failure.ts";
import { spreadsheetText } from "./spreadsheet-text.ts";

/** Bounds on what a small file can be blown up to inside of the parser. Its defaults need 779 MB for a bomb of 1 MB. */
const decompressionLimits = {
  maxUncompressedBytes: fileLimits.unpackedBytes,
  maxZipEntries: fileLimits.members,
  maxTableCells: 200_000,
  maxXmlElements: 1_000_000,
};

/** Plain Markdown without HTML, anchors or bold print: text to be read and quoted. */
const markdown = {
  generateIds: false,
  includeImages: "none",
  includeFormatting: false,
  ignoreInternalLinks: true,
  mdConfig: { fallbackToHtml: false, dialect: "github" },
} as const;

/** A document of an office suite, or a book, as Markdown. */
export async function readOffice(
  bytes: Uint8Array,
  kind: Exclude<OfficeKind, "xlsx">,
): Promise<(FileText & { cut?: boolean }) | FileFailure> {
  try {
    const document = await parseOffice(Buffer.from(bytes), { fileType: kind, decompressionLimits, ignoreInternalLinks: true });
    const title = document.metadata.title ?? "";
    if (kind === "ods") return { ok: true, title, ...spreadsheetText(document) };
    const slides = markSlides(document);
    document.metadata = {}; // it would be written as a head of the text
    const { value } = await document.to("md", markdown);
    return { ok: true, title, text: tidyMarkdown(value), ...(slides > 0 && { extent: counted(slides, "slide") }) };
  } catch (error) {
    return officeFailure(error);
  }
}

/** Puts the number before each slide, so that a passage can be found. Returns how many there are. */
function markSlides(document: OfficeParserAST): number {
  const slides = document.content.filter((node) => node.type === "slide");
  slides.forEach((slide, index) => {
    const mark = `[slide ${index + 1}]`;
    slide.children = [{ type: "paragraph", text: mark, children: [{ type: "text", text: mark }] }, ...(slide.children ?? [])];
  });
  return slides.length;
}

/** The writer puts a rule before slides, escapes their marks, and escapes `<` as HTML needs it and quotations do not. */
const tidyMarkdown = (text: string) => text.replace(/^(?:---\n+)?\\\[slide (\d+)\\\]$/gm, "[slide $1]").replaceAll("&lt;", "<");
