import { openSync } from "node:fs";
import { pyodideCommand } from "./pyodide-command.ts";
import { pyodideSnapshot } from "./pyodide-snapshot.ts";
import type { PythonProvider } from "./python-job.ts";
import { startSandbox } from "./sandbox-child.ts";
import { spareSandbox } from "./spare-sandbox.ts";
import { withFiles } from "./with-files.ts";

/** Making it takes seconds, and where it cannot be made it hardly can the next moment. */
const remakeMs = 600_000;

/**
 * Runs scripts with Pyodide, which is part of this application: Python's standard library without packages, threads and processes, each
 * script in a process of its own. `folder` keeps the snapshot.
 */
export function pyodide({ folder }: { folder: string }): PythonProvider {
  const snapshot = openedOnce(folder);
  const cold = () => startSandbox(pyodideCommand("cold"));
  let spare: ReturnType<typeof spareSandbox> | undefined;

  return {
    name: "pyodide",
    manners: { atOnce: 2, local: true }, // each holds 200 MB before it begins
    async ask(job, signal) {
      const descriptor = await snapshot();
      signal.throwIfAborted();
      return await withFiles(job, async (filled) => {
        if (descriptor === null) return await cold().run(filled, signal);
        spare ??= spareSandbox(() => startSandbox(pyodideCommand("snapshot", descriptor)));
        const answer = await spare.take().run(filled, signal);
        // A snapshot that does not fit is no reason to have no Python; files that do not fit would not do so there either.
        if (!answer.ok && answer.reason !== "too-large") return await cold().run(filled, signal);
        if (answer.ok) spare.refill();
        return answer;
      });
    },
  };
}

/** The snapshot, open to be read. Null where there is none just now: a script starts cold, and a later one tries again. */
function openedOnce(folder: string): () => Promise<number | null> {
  let descriptor: number | null = null;
  let made: { path: Promise<string | null>; at: number } | null = null;
  return async () => {
    if (descriptor !== null) return descriptor;
    if (made === null || performance.now() - made.at > remakeMs) made = { path: pyodideSnapshot(folder), at: performance.now() };
    const path = await made.path;
    if (path === null) return null;
    try {
      descriptor ??= openSync(path, "r");
    } catch {
      made = null; // it may not be read, or there is no descriptor for it
    }
    return descriptor;
  };
}
