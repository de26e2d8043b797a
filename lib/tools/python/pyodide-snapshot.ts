import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pyodideCommand, pyodideVersion } from "./pyodide-command.ts";
import { sandboxIdentity } from "./sandbox-identity.ts";
import { tryToSpawn } from "./try-to-spawn.ts";

/** It has 30 MB; what is longer is none. */
const mostBytes = 100_000_000;

/**
 * The file with the memory of a Pyodide that has just started: loading it takes a tenth of the work of starting. It is made once and fits
 * only the very version it was made with. Null where it cannot be made.
 */
export async function pyodideSnapshot(folder: string): Promise<string | null> {
  const path = join(folder, `pyodide-${pyodideVersion}.snapshot`);
  if (existsSync(path)) return path;
  const bytes = await makeSnapshot();
  if (!bytes) return null;
  try {
    await mkdir(folder, { recursive: true });
    const unfinished = `${path}.${process.pid}`; // several processes may make it: each its own, and the last one stays
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
    return path;
  } catch {
    return null; // a folder that cannot be written costs time, not scripts
  }
}

async function makeSnapshot(): Promise<Buffer | null> {
  const { file, arguments: rest } = pyodideCommand("make-snapshot");
  const child = tryToSpawn(file, rest, {
    cwd: "/",
    env: { NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 60_000,
    ...sandboxIdentity,
  });
  if (typeof child === "string") return null;
  const parts: Buffer[] = [];
  let bytes = 0;
  child.stdout?.on("data", (part: Buffer) => {
    bytes += part.byteLength;
    if (bytes > mostBytes) child.kill("SIGKILL");
    else parts.push(part);
  });
  try {
    const [code] = await once(child, "close");
    return code === 0 && bytes > 0 ? Buffer.concat(parts) : null;
  } catch {
    return null; // Node itself could not be started
  }
}
