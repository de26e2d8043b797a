import type { FileFailure } from "./file-failure.ts";
import { kindWords } from "./file-kind.ts";
import { identifyFile } from "./identify-file.ts";

/**
 * What an uploaded file is, in words, by its bytes: "PDF", "Word document", "CSV table". Parses nothing: it looks at signatures, at the
 * list of a ZIP container and at whether text is valid, in time linear in the size, so it may run in any process.
 */
export async function describeFile(name: string, bytes: Uint8Array): Promise<{ ok: true; type: string } | FileFailure> {
  const identified = await identifyFile(name, bytes);
  return identified.ok ? { ok: true, type: kindWords[identified.kind] } : identified;
}
