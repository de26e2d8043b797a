import type { DocumentJob, DocumentText } from "./read-document.ts";
import { workerPool } from "./worker-pool.ts";

/** Two threads: reading is CPU work, and the process has other things to do. */
const size = 2;
const deadlineMs = 8_000;
const resourceLimits = { maxOldGenerationSizeMb: 512 };

const pool = workerPool<DocumentJob, DocumentText>(new URL("./page-worker.ts", import.meta.url), {
  size,
  deadlineMs,
  worker: { resourceLimits, env: {}, execArgv: [] },
});

/**
 * The title and Markdown text of a fetched document. Nothing of it is parsed in this thread. A page that the extraction does not survive
 * within 8 s and 512 MB is read once more, whole and simply; what fails that too is `unreadable-page`.
 */
export async function readPage(bytes: Uint8Array, page: { url: string; contentType: string; signal: AbortSignal }): Promise<DocumentText> {
  const { url, contentType, signal } = page;
  for (const simply of [false, true]) {
    const ending = await pool.run({ bytes, contentType, url, simply }, signal);
    if (ending.kind === "answered") return ending.result;
    if (ending.kind === "cancelled") return { ok: false, reason: "cancelled", detail: "stopped before it ended" };
  }
  return { ok: false, reason: "unreadable-page", detail: "the reader had to be stopped" };
}
