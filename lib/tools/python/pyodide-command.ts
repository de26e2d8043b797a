import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { SandboxCommand } from "./sandbox-child.ts";
import { heldBytes, processTree } from "./tree-memory.ts";

/** Python's memory: beyond it there is a MemoryError. A script is not offered more than this here, whatever its job says. */
const wasmMegabytes = 512;
const pages = wasmMegabytes * 16; // of 64 KiB
/** JavaScript's own, in which there is nothing of the script. */
const heapMegabytes = 256;

const require = createRequire(import.meta.url);
const pyodideFolder = dirname(require.resolve("pyodide/package.json"));
export const pyodideVersion: string = require("pyodide/package.json").version;

const ours = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const child = ours("pyodide-child.ts");
const readable = [pyodideFolder, child, ...["harden-process.ts", "run-script.py", "figures.py", "pyodide-child.py"].map(ours)];
/** A process that looks at nothing but its script does not see that ours has died; on Linux the kernel tells it. */
const deathSignal = existsSync("/usr/bin/setpriv") ? ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--no-new-privs", "--"] : [];

export type PyodideMode = "make-snapshot" | "snapshot" | "cold";

/**
 * The flags of a Node process that may read some files and do nothing else: no network, no other file, no process, no thread, no native code
 * (`--permission` of Node 26), no code made from text, and a limit on the memory of WebAssembly.
 */
export const confiningFlags = (readable: readonly string[]): string[] => [
  "--permission",
  ...readable.map((path) => `--allow-fs-read=${path}`),
  "--disallow-code-generation-from-strings",
  `--wasm-max-mem-pages=${pages}`,
  `--max-old-space-size=${heapMegabytes}`,
  "--no-warnings",
];

/** The command line of the process in which Pyodide runs. */
export function pyodideCommand(mode: PyodideMode, snapshot?: number): SandboxCommand {
  const [file = "", ...rest] = [...deathSignal, process.execPath, ...confiningFlags(readable), ...[child, pyodideFolder, mode]];
  return {
    file,
    arguments: rest,
    ...(snapshot !== undefined && { input: snapshot }),
    heldBytes: async (pid) => heldBytes(await processTree(pid)),
    overheadMegabytes: 300,
  };
}
