/**
 * The process in which Pyodide runs one script. Usage: `pyodide-child.ts <folder of pyodide> <mode>`, where the mode is `make-snapshot` (the
 * memory of a Python that has just started goes to standard output), `snapshot` (such a memory is read from descriptor 4), or `cold`.
 * Its permissions let it read Pyodide and the five files of ours that make this up, and nothing else.
 */
import { closeSync, constants, fstatSync, readFileSync, readSync, writeSync } from "node:fs";
import type { PyodideAPI } from "pyodide";
import { hardenProcess } from "./harden-process.ts";
import type { JobHeader } from "./job-frame.ts";

/** As a shell reports SIGABRT: our process reads it as a crash, which a script's own exit code seldom means. */
const crashed = 134;

const exit = process.exit.bind(process);
process.on("uncaughtException", (error) => exit(codeOf(error)));
// Pyodide asks for these when it starts, and permissions forbid it. What it takes of them are the numbers of open(2).
Object.assign(process, { binding: (name: string) => (name === "constants" ? { fs: constants, os: {} } : {}) });
// Node's own getters would make streams of these, and take the descriptors out of the blocking mode in which they are used here.
for (const [fd, name] of ["stdin", "stdout", "stderr"].entries()) Object.defineProperty(process, name, { value: { fd } });

// What Pyodide says of its end would go there; a script's own output does not.
for (const name of ["log", "info", "warn", "error", "debug", "trace"] as const) console[name] = () => {};

const [folder, mode] = process.argv.slice(2);
const { loadPyodide } = await import(`${folder}/pyodide.mjs`);
if (mode === "make-snapshot") {
  writeAll(1, (await loadPyodide({ _makeSnapshot: true })).makeMemorySnapshot());
  exit(0);
}
const python: PyodideAPI = await loadPyodide(mode === "snapshot" ? { _loadSnapshot: readSnapshot() } : {});
harden();
writeAll(3, Buffer.from("ready"));
exit(await runJob(readFileSync(0)));

/** Defence in depth: the flags this process was started with are the boundary. */
function harden(): void {
  python.setStdin({ stdin: () => undefined });
  python.setStdout({ write: (bytes) => writeAll(1, bytes) });
  python.setStderr({ write: (bytes) => writeAll(2, bytes) });
  for (const name of ["run-script.py", "figures.py", "pyodide-child.py"])
    python.runPython(readFileSync(new URL(name, import.meta.url), "utf8"));
  for (const name of ["js", "pyodide_js"]) python.unregisterJsModule(name);
  hardenProcess();
}

async function runJob(input: Buffer): Promise<number> {
  if (input.length === 0) return 0; // nobody needed it
  const end = input.indexOf("\n");
  const { codeBytes, files } = JSON.parse(input.toString("utf8", 0, end)) as JobHeader; // our own process wrote it
  let at = end + 1;
  try {
    python.FS.mkdirTree("/tmp/work");
    python.FS.chdir("/tmp/work");
    for (const { name, bytes } of [{ name: "../main.py", bytes: codeBytes }, ...files]) {
      python.FS.writeFile(name, new Uint8Array(input.buffer, input.byteOffset + at, bytes)); // a Buffer it does not know
      at += bytes;
    }
  } catch (error) {
    writeAll(3, Buffer.from(String(error).slice(0, 300)));
    return crashed;
  }
  writeAll(3, Buffer.from("taken"));
  closeSync(3);
  try {
    const code = await python.runPythonAsync('run_script("/tmp/main.py")');
    giveFigures();
    return code;
  } catch (error) {
    return codeOf(error);
  }
}

/** Python's own descriptors are not this process's: the pictures go through a file. A script that left no room for one has none. */
function giveFigures(): void {
  try {
    python.runPython('_given = os.open("/tmp/figures", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)\ngive_figures(_given)\nos.close(_given)');
    writeAll(5, python.FS.readFile("/tmp/figures"));
  } catch {
    // what the script came to is told in any case
  }
}

/** `os._exit` comes here as an error with a status. Of any other only the beginning is told: Pyodide's source is one line of a megabyte. */
function codeOf(error: unknown): number {
  if (error instanceof Error && "status" in error && typeof error.status === "number") return error.status & 255;
  writeAll(2, Buffer.from(`${String(error).slice(0, 300)}\n`));
  return crashed;
}

/** Other processes read the same open file at the same time, and have its position in common. */
function readSnapshot(): Uint8Array {
  const bytes = new Uint8Array(fstatSync(4).size);
  for (let at = 0; at < bytes.length; ) at += readSync(4, bytes, at, bytes.length - at, at);
  return bytes;
}

function writeAll(descriptor: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  return bytes.length;
}
