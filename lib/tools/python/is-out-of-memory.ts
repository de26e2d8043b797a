import type { Printed } from "./printed.ts";

/** Whether a script ended because it was not given the memory it asked for: Python raises an error then, and ends as with any other. */
export function isOutOfMemory(returnCode: number, { head, tail }: Printed): boolean {
  return returnCode !== 0 && /(^|\n)(numpy\.\S*)?(_Array)?MemoryError(: [^\n]*)?\s*$/.test((head + tail).slice(-2_000));
}
