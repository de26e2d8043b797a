import type { Desk } from "#lib/tools/policies/desk.ts";
import type { Provider } from "#lib/tools/providers/provider.ts";
import type { Figure } from "./figure-frames.ts";
import type { Printed } from "./printed.ts";

/** A script with the files that lie in its working directory. Every run begins anew: nothing of an earlier one is there. */
export interface PythonJob {
  code: string;
  files: readonly JobFile[];
  /** From its first line to the end of its last process; what it takes to start Python is not in it. */
  timeoutMs: number;
  /** What the script, its processes and the files it writes may hold together. */
  memoryMegabytes: number;
}

/** A file that a sandbox fetches when the turn of its job has come. */
export interface JobFile {
  /** Without folders; no two of a job are equal. */
  name: string;
  size: number;
  /** Null: it was deleted meanwhile. */
  bytes(): Promise<Uint8Array | null>;
}

/** A job with its files at hand. */
export interface FilledJob extends Omit<PythonJob, "files"> {
  files: readonly { name: string; bytes: Uint8Array }[];
}

/**
 * What a script came to. `exited`: by itself, with whatever code. Everything else was done to it, and what it had printed until then is kept.
 */
export interface PythonResult {
  stdout: Printed;
  stderr: Printed;
  /** Null when it did not end by itself. */
  returnCode: number | null;
  ended: "exited" | "timed-out" | "out-of-memory" | "printed-too-much" | "crashed";
  /** What it drew, in the order of drawing. */
  figures: readonly Figure[];
  /** Of the script alone. */
  durationMs: number;
}

/** Something that runs scripts where they can do no harm. A script that failed is an answer; that none could be run is not. */
export type PythonProvider = Provider<PythonJob, PythonResult>;
export type PythonDesk = Desk<PythonJob, PythonResult>;
