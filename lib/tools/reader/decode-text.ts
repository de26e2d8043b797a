import { detect } from "chardet";
import sniff from "html-encoding-sniffer";

const boms: [label: string, bytes: number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
/** Pages with long comments or scripts before their `<meta>` exist; the standard's 1,024 bytes miss them. */
const prescanBytes = 4_096;
/** Enough for a statistical guess; on megabytes the detector takes seconds. */
const sampleBytes = 65_536;

/**
 * Decodes a document. Order: byte order mark, HTTP charset, strict UTF-8, `<meta>`, statistics, windows-1252. UTF-8 goes before
 * `<meta>` because many valid UTF-8 pages still claim Latin-1; statistics go last because they fail on short texts.
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const marked = boms.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return new TextDecoder(marked[0]).decode(bytes);
  return (
    decodeAs(httpCharset(contentType), bytes) ??
    decodeAs("utf-8", bytes, true) ??
    decodeAs(sniff(bytes, { defaultEncoding: null, maxPrescanBytes: prescanBytes }), bytes) ??
    decodeAs(detect(bytes.subarray(0, sampleBytes)), bytes) ??
    new TextDecoder("windows-1252").decode(bytes)
  );
}

const httpCharset = (contentType: string) => /;\s*charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType)?.[1] ?? null;

/** `null` for a label no decoder knows and, when strict, for bytes the encoding cannot have. */
function decodeAs(label: string | null, bytes: Uint8Array, fatal = false): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return null;
  }
}
