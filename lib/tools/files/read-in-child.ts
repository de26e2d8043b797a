import type { FailureReason } from "#lib/domain/outcome.ts";
import { childPool, type Ending } from "#lib/tools/reader/child-pool.ts";
import { fileFailure } from "./file-failure.ts";
import type { FileAnswer } from "./file-text.ts";
import type { FileJob } from "./text-of-file.ts";

const deadlineMs = 30_000;
/** Twice what the largest workbook that was measured needs (200,000 rows: 480 MB). */
const residentMegabytes = 1_000;

const pool = childPool<FileJob, FileAnswer>({
  script: new URL("./file-child.ts", import.meta.url),
  size: 2, // reading is CPU work, and the machine has other things to do
  deadlineMs,
  heapMegabytes: 512,
  residentMegabytes,
});

const endings: Record<Exclude<Ending<unknown>["kind"], "answered" | "not-started">, [reason: FailureReason, detail: string]> = {
  overdue: ["timed-out", `reading it took more than ${deadlineMs / 1_000} s`],
  "out-of-memory": ["out-of-memory", "reading it took more memory than a file may use"],
  crashed: ["crashed", "its reader ended unexpectedly"],
  cancelled: ["cancelled", "stopped before it ended"],
};

/** Reads a file in a process of its own. A reader that hangs, dies or grows too large is a failure of the file and of nothing else. */
export async function readInChild(job: FileJob, signal: AbortSignal): Promise<FileAnswer> {
  const ending = await pool.run(job, signal);
  if (ending.kind === "answered") return ending.result;
  if (ending.kind === "not-started") return fileFailure("crashed", `its reader did not start: ${ending.detail}`);
  return fileFailure(...endings[ending.kind]);
}
