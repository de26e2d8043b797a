import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from "yauzl";
import { megabytes } from "#lib/tools/fetch/megabytes.ts";
import { type FileFailure, fileFailure } from "./file-failure.ts";
import { fileLimits } from "./file-limits.ts";

/** A file in a ZIP container, as its central directory declares it. */
export interface ZipMember {
  /** With folders. Never used as a path. */
  name: string;
  /** Unpacked. */
  bytes: number;
  encrypted: boolean;
  entry: Entry;
}

/**
 * The members of a ZIP container without unpacking any, folders left out; a refusal when it is broken or unpacks to more than the caps
 * allow. What it declares binds it: unpacking stops at the declared size.
 */
export async function listZip(bytes: Buffer): Promise<{ ok: true; zip: ZipFile; members: ZipMember[] } | FileFailure> {
  try {
    // Names are decoded below: one name that leaves its folder makes the whole container unreadable to yauzl.
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: false });
    if (zip.entryCount > fileLimits.members) {
      const count = zip.entryCount.toLocaleString("en");
      return fileFailure("too-large", `it holds ${count} files, the limit is ${fileLimits.members.toLocaleString("en")}`);
    }
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) members.push(memberOf(entry));
    return tooLarge(members, bytes.length) ?? { ok: true, zip, members: members.filter(({ name }) => !name.endsWith("/")) };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (message.includes("strong encryption")) return fileFailure("encrypted", "it needs a password");
    return fileFailure("damaged", "its list of contents is broken, or it was cut off");
  }
}

const memberOf = (entry: Entry): ZipMember => ({
  name: getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
  bytes: entry.uncompressedSize,
  encrypted: entry.isEncrypted(),
  entry,
});

function tooLarge(members: ZipMember[], packedBytes: number): FileFailure | null {
  const unpacked = members.reduce((sum, member) => sum + member.bytes, 0);
  if (unpacked > fileLimits.unpackedBytes) {
    return fileFailure("too-large", `it unpacks to ${megabytes(unpacked)}, the limit is ${megabytes(fileLimits.unpackedBytes)}`);
  }
  if (unpacked < fileLimits.ratioFromBytes || unpacked / packedBytes <= fileLimits.unpackedRatio) return null;
  return fileFailure(
    "too-large",
    `it unpacks to ${Math.round(unpacked / packedBytes)} times its size, the limit is ${fileLimits.unpackedRatio}`,
  );
}
