import { expect } from "vitest";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { shortened } from "../printed.ts";
import type { PythonResult } from "../python-job.ts";
import { type SandboxCommand, startSandbox } from "../sandbox-child.ts";
import { type Canary, processesNamed } from "./outside.fixture.ts";
import { inPlace, type Probe } from "./probe.fixture.ts";

const memoryMegabytes = 512;
let runs = 0;

/** Runs a probe in a sandbox of its own, and sees that it did not get out, kept its limits and left nothing running. */
export async function runProbe(sandbox: "bubblewrap" | "pyodide", command: SandboxCommand, probe: Probe, canary: Canary): Promise<void> {
  const mark = `mark-${canary.outside.NUMBER}-${runs++}-end`;
  let peak = 0;
  const watched: SandboxCommand = {
    ...command,
    arguments: [...command.arguments, mark],
    async heldBytes(pid) {
      const bytes = await command.heldBytes(pid);
      peak = Math.max(peak, bytes);
      return bytes;
    },
  };
  const timeoutMs = probe.timeoutMs ?? 15_000;
  const job = { code: inPlace(probe.code, canary.outside), files: [], timeoutMs, memoryMegabytes };
  const result = ranOf(await startSandbox(watched).run(job, new AbortController().signal));
  const text = `${shortened(result.stdout, 2_000)}\n${shortened(result.stderr, 2_000)}`;
  expect(text).not.toContain("ESCAPED");
  const ends = typeof probe.ends === "object" ? probe.ends[sandbox] : probe.ends;
  if (ends) expect(result.ended, text).toBe(ends);
  expect(await processesNamed(mark)).toEqual([]);
  expect(result.durationMs).toBeLessThan(timeoutMs + 10_000);
  // Between two looks a script may take some more; what it may never do is to take what it likes.
  expect(peak / 1e6).toBeLessThan(3 * memoryMegabytes + command.overheadMegabytes);
}

function ranOf(answer: Answer<PythonResult>): PythonResult {
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
}
