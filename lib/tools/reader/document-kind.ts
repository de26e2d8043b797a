import { startsAsHtml } from "./starts-as-html.ts";

export type DocumentKind = "html" | "markdown" | "json" | "text" | "binary";

const signatures = ["%PDF-", "PK\x03\x04", "\x89PNG", "GIF8", "\xff\xd8\xff", "\x1f\x8b", "\x7fELF", "\xd0\xcf\x11\xe0", "{\\rtf"];

/**
 * What a document is, by its bytes where they are sure and by its Content-Type else. Servers call PDFs `text/html`, and pages without
 * any type exist.
 */
export function documentKind(bytes: Uint8Array, contentType: string): DocumentKind {
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString("latin1");
  if (signatures.some((signature) => head.startsWith(signature))) return "binary";
  if (isMostlyControl(head) && !/^(\xff\xfe|\xfe\xff)/.test(head) && !/charset=["']?utf-?16/i.test(contentType)) return "binary";
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/html" || type === "application/xhtml+xml") return "html";
  if (type === "text/markdown" || type === "text/x-markdown" || type === "application/markdown") return "markdown";
  if (type === "application/json" || type.endsWith("+json")) return "json";
  const mayBeHtml = type === "" || type === "text/xml" || type === "application/xml";
  return mayBeHtml && startsAsHtml(head) ? "html" : "text";
}

/** A stray NUL happens to text; packed data and machine code have a tenth of such bytes and more. ESC is part of ISO-2022-JP. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is counted
const isMostlyControl = (head: string) => (head.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0) > head.length / 20;
