import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** A process, or why there is none. What keeps it from starting later on, such as that there is no such program, is an `error` of its own. */
export function tryToSpawn(file: string, rest: readonly string[], options: SpawnOptions): ChildProcess | string {
  try {
    const child = spawn(file, rest, options);
    child.on("error", () => {}); // before anything else: an error that nobody listens to ends our process
    // Without descriptors to spare Node gives a process without streams, whatever its types say.
    return (child.stdio as unknown) === undefined ? "no descriptors are left" : child;
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // no memory, or no right to become another user
  }
}
