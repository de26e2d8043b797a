import { openSync } from "node:fs";
import { pyodideCommand } from "./pyodide-command.ts";
import { pyodideSnapshot } from "./pyodide-snapshot.ts";
import type { PythonProvider } from "./python-job.ts";
import { startSandbox } from "./sandbox-child.ts";
import { spareSandbox } from "./spare-sandbox.ts";

/**
 * Runs scripts with Pyodide, which is part of this application: Python's standard library without packages, threads and processes, each
 * script in a process of its own. `folder` keeps the snapshot.
 */
export function pyodide({ folder }: { folder: string }): PythonProvider {
  let snapshot: Promise<number | null> | undefined;
  const openSnapshot = async () => {
    const path = await pyodideSnapshot(folder);
    return path === null ? null : openSync(path, "r");
  };
  const cold = () => startSandbox(pyodideCommand("cold"));
  let spare: ReturnType<typeof spareSandbox> | undefined;

  return {
    name: "pyodide",
    manners: { atOnce: 2, local: true }, // each holds 200 MB before it begins
    async ask(job, signal) {
      snapshot ??= openSnapshot();
      const descriptor = await snapshot;
      signal.throwIfAborted();
      if (descriptor === null) return await cold().run(job, signal);
      spare ??= spareSandbox(() => startSandbox(pyodideCommand("snapshot", descriptor)));
      const answer = await spare.take().run(job, signal);
      if (!answer.ok) return await cold().run(job, signal); // a snapshot that does not fit is no reason to have no Python
      spare.refill();
      return answer;
    },
  };
}
