import type { FileFailure } from "#lib/tools/files/file-failure.ts";
import { listZip, type ZipMember } from "#lib/tools/files/list-zip.ts";
import { packedMember, unpack } from "#lib/tools/files/unpack.ts";

/** The parts of a document in a ZIP container, by name. `null` for one that is missing or cannot be unpacked. */
export type Parts = (name: string) => Promise<string | null>;

export async function zipParts(bytes: Uint8Array): Promise<{ ok: true; parts: Parts } | FileFailure> {
  const container = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = await listZip(container);
  if (!listed.ok) return listed;
  const byName = new Map<string, ZipMember>(listed.members.map((member) => [member.name.toLowerCase(), member]));
  const parts: Parts = async (name) => {
    const member = byName.get(name.toLowerCase());
    const packed = member ? await packedMember(container, listed.zip, member) : null;
    const unpacked = packed ? unpack(packed.bytes, packed.packing) : null;
    return unpacked ? new TextDecoder(encodingOf(unpacked)).decode(unpacked) : null;
  };
  return { ok: true, parts };
}

/** XML is UTF-8, or begins with a mark. */
const encodingOf = (bytes: Uint8Array) => (bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : "utf-8");
