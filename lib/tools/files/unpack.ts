import { inflateRawSync } from "node:zlib";
import type { ZipFile } from "yauzl";
import type { ZipMember } from "./list-zip.ts";

/** How a member of a ZIP container is packed. */
export interface Packing {
  method: "stored" | "deflated" | "other";
  /** Unpacked, as declared. */
  bytes: number;
}

const methods: Record<number, Packing["method"]> = { 0: "stored", 8: "deflated" };

/** The packed bytes of a member, without copying them; `null` when they do not lie where the container says. */
export async function packedMember(
  container: Buffer,
  zip: ZipFile,
  { entry, bytes }: ZipMember,
): Promise<{ bytes: Buffer; packing: Packing } | null> {
  const local = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch(() => null);
  if (local === null) return null;
  const packed = container.subarray(local.fileDataStart, local.fileDataStart + entry.compressedSize);
  return { bytes: packed, packing: { method: methods[entry.compressionMethod] ?? "other", bytes } };
}

/** Never gives more than was declared, which is what the caps were checked against. `null` for what cannot be unpacked. */
export function unpack(packed: Uint8Array, { method, bytes }: Packing): Uint8Array | null {
  if (method === "stored") return packed;
  if (method === "other") return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch {
    return null;
  }
}
