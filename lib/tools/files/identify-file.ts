import { megabytes } from "#lib/tools/fetch/megabytes.ts";
import { compoundFileFailure } from "./compound-file-failure.ts";
import { type FileFailure, fileFailure } from "./file-failure.ts";
import { type FileKind, readableKinds } from "./file-kind.ts";
import { fileLimits } from "./file-limits.ts";
import { isText } from "./is-text.ts";
import { namedBinaryFailure } from "./named-binary-failure.ts";
import { textKind } from "./text-kind.ts";
import { zipKind } from "./zip-kind.ts";

export type Identified = { ok: true; kind: FileKind } | FileFailure;

/**
 * What a file is, by its bytes; a refusal for what is not read, is encrypted, or is over a cap. The name chooses between kinds of text
 * and nothing else: a declared type is not asked at all. Safe in any process: signatures and the list of a ZIP container are looked at,
 * nothing is unpacked.
 */
export async function identifyFile(name: string, bytes: Uint8Array): Promise<Identified> {
  if (bytes.length === 0) return fileFailure("unreadable-page", "the file is empty");
  if (bytes.length > fileLimits.bytes) {
    return fileFailure("too-large", `it has ${megabytes(bytes.length)}, the limit is ${megabytes(fileLimits.bytes)}`);
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = buffer.toString("latin1", 0, 1_024);
  if (/^(\xef\xbb\xbf)?\s{0,16}%PDF-/.test(head)) return { ok: true, kind: "pdf" };
  if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06")) return await zipKind(buffer);
  if (head.startsWith("\xd0\xcf\x11\xe0")) return compoundFileFailure(buffer);
  if (/^(\xef\xbb\xbf)?\{\\rtf/.test(head)) return { ok: true, kind: "rtf" };
  if (isText(buffer)) return { ok: true, kind: textKind(name, head) };
  const named = await namedBinaryFailure(buffer);
  if (named) return named;
  // PDF allows other bytes before its header, as far as the first kilobyte; printers and mail gateways leave some there.
  if (head.includes("%PDF-")) return { ok: true, kind: "pdf" };
  return fileFailure("unsupported-type", `it is not text and no known kind of document; ${readableKinds}`);
}
