export type DecodedText = { ok: true; text: string } | { ok: false; line: number; problem: string };

const newline = 10;

/** Bytes as UTF-8 text, or the first line that is none. A NUL byte means a binary file; Postgres could not store it either. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const nul = bytes.indexOf(0);
  if (nul >= 0) return { ok: false, line: lineAt(bytes, nul), problem: "is binary, not text (it contains a NUL byte)" };
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, line: firstBrokenLine(bytes), problem: "is not UTF-8 text" };
  }
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let index = 0; index < offset; index++) if (bytes[index] === newline) line++;
  return line;
}

/** No UTF-8 character contains the byte of a newline, so every line can be tried by itself. */
function firstBrokenLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(newline, start);
    const stop = end < 0 ? bytes.length : end;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}
