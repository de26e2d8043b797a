import { readFileSync } from "node:fs";

/** The most memory that a process has held so far, as Linux counts it. */
export function peakBytes(processId: number): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, "utf8"));
  return Number(line?.[1] ?? 0) * 1024;
}
