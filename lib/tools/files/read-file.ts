import type { FileAnswer } from "./file-text.ts";
import { identifyFile } from "./identify-file.ts";
import { readArchive } from "./read-archive.ts";
import { readInChild } from "./read-in-child.ts";

/**
 * The text of an uploaded or fetched file of any kind, found by its bytes. Nothing of it is parsed in this process. What cannot be read
 * is a failure with a closed reason; this never throws for a file.
 */
export async function readFile(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<FileAnswer> {
  const identified = await identifyFile(name, bytes);
  if (!identified.ok) return identified;
  return identified.kind === "zip" ? await readArchive(bytes, signal) : await readInChild({ name, bytes }, signal);
}
