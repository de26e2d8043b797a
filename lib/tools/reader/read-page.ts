import { readFile } from "#lib/tools/files/read-file.ts";
import { childPool } from "./child-pool.ts";
import { documentKind } from "./document-kind.ts";
import { nameInUrl } from "./name-in-url.ts";
import type { DocumentJob, DocumentText } from "./read-document.ts";

const pool = childPool<DocumentJob, DocumentText>({
  script: new URL("./page-child.ts", import.meta.url),
  size: 2, // reading is CPU work, and the machine has other things to do
  deadlineMs: 8_000,
  heapMegabytes: 512,
  residentMegabytes: 1_000,
});

/**
 * The title and Markdown text of a fetched document: a page, or a file such as a PDF, which children of their own read. Nothing of it is
 * parsed in this process. A page that the extraction does not survive within 8 s and 512 MB is read once more, whole and simply; what
 * fails that too is `unreadable-page`.
 */
export async function readPage(bytes: Uint8Array, page: { url: string; contentType: string; signal: AbortSignal }): Promise<DocumentText> {
  const { url, contentType, signal } = page;
  if (documentKind(bytes, contentType) === "binary") return await readAsFile(bytes, nameInUrl(url), signal);
  for (const simply of [false, true]) {
    const ending = await pool.run({ bytes, contentType, url, simply }, signal);
    if (ending.kind === "answered") return ending.result;
    if (ending.kind === "not-started") return { ok: false, reason: "crashed", detail: `its reader did not start: ${ending.detail}` };
    if (ending.kind === "cancelled") return { ok: false, reason: "cancelled", detail: "stopped before it ended" };
  }
  return { ok: false, reason: "unreadable-page", detail: "the reader had to be stopped" };
}

async function readAsFile(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<DocumentText> {
  const file = await readFile(name, bytes, signal);
  return file.ok ? { ok: true, title: file.title || name, text: file.text } : file;
}
