import { fileTypeFromBuffer } from "file-type";
import { type FileFailure, fileFailure } from "./file-failure.ts";
import { readableKinds } from "./file-kind.ts";

/** All signatures lie within; more would let the detector walk through a hostile container. */
const signatureBytes = 4_100;
const programs = new Set(["exe", "elf", "macho", "dex", "class", "wasm", "deb", "rpm", "msi", "apk", "jar", "lnk"]);
const archives = new Set(["7z", "rar", "gz", "bz2", "xz", "zst", "tar", "lz4", "Z", "cab", "ar", "lz"]);

/** What a file that cannot be read is, as far as its signature says it; `null` without a known signature. */
export async function namedBinaryFailure(bytes: Uint8Array): Promise<FileFailure | null> {
  const found = await fileTypeFromBuffer(bytes.subarray(0, signatureBytes));
  if (!found) return null;
  return fileFailure("unsupported-type", `it is ${wordsOf(found.ext, found.mime)}; ${readableKinds}`);
}

function wordsOf(extension: string, mime: string): string {
  const family = mime.split("/")[0];
  if (family === "image") return `an image (${extension})`;
  if (family === "audio" || family === "video") return `${family} (${extension})`;
  if (family === "font") return `a font (${extension})`;
  if (programs.has(extension)) return `a program (${extension})`;
  if (archives.has(extension)) return `an archive of another kind than ZIP (${extension})`;
  return `a ${extension} file`;
}
