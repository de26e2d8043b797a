import { isUtf8 } from "node:buffer";

/** A stray NUL happens to text; packed data and machine code have a tenth of such bytes and more. ESC is part of ISO-2022-JP. */
const isControl = (byte: number) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
/** Text in an old encoding proves itself by nothing but its lack of control bytes, so it may have far fewer. */
const allowedShare = { utf8: 1 / 20, other: 1 / 200 };
const headBytes = 4_096;

/** Whether bytes are a text in any encoding. Looks at all of them: a program can begin with kilobytes of text. */
export function isText(bytes: Buffer): boolean {
  if (hasUtf16Mark(bytes)) return isUtf16Text(bytes);
  const share = isUtf8(bytes) || isUtf8(withoutCutCharacter(bytes)) ? allowedShare.utf8 : allowedShare.other;
  const head = bytes.subarray(0, headBytes);
  return controlBytes(head) <= head.length * share && controlBytes(bytes) <= bytes.length * share;
}

function controlBytes(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (isControl(byte)) count++;
  return count;
}

const hasUtf16Mark = (bytes: Buffer) => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** MP3 frames begin with the same two bytes; taken for UTF-16 they are full of code points that no text has. */
function isUtf16Text(bytes: Buffer): boolean {
  const text = new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes.subarray(0, headBytes));
  const bad = text.match(/(?![\t\n\f\r])[\p{Cc}\p{Cn}\p{Cs}\ufffd]/gu)?.length ?? 0;
  return bad <= text.length * allowedShare.utf8;
}

/** A text cut off by a download may end inside a character. */
const withoutCutCharacter = (bytes: Buffer) => bytes.subarray(0, Math.max(0, bytes.length - 3));
