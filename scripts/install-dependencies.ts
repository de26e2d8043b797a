import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { longStep } from "./long-step.mjs";
import { npm } from "./npm.mjs";
import { Refusal } from "./refusal.ts";

const stamp = "node_modules/.dossier-lock";

/** Installs what the lockfile says, unless that is what `node_modules` holds. Refuses with one line when npm cannot. */
export async function installDependencies(signal: AbortSignal): Promise<void> {
  const lock = readFileSync("package-lock.json", "utf8");
  const mark = createHash("sha256").update(`${process.platform} ${process.arch}\n${lock}`).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === mark) return;
  if (holdsAll(lock)) return;
  const options = ["ci", "--ignore-scripts", "--include=dev", "--include=optional"];
  const installed = await longStep("Installing the dependencies from the lockfile (about a minute)", npm(options), signal);
  signal.throwIfAborted();
  if (installed.code !== 0) throw new Refusal(`the dependencies could not be installed: ${npm.explain(installed.output)} and try again.`);
  writeFileSync(stamp, mark);
}

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean; devOptional?: boolean; os?: string[]; cpu?: string[]; libc?: string[] }>;
}

/** Whether a person's own `npm install` or `npm ci` has put everything there; npm writes down what it installed when it is through. */
function holdsAll(lock: string): boolean {
  if (!existsSync("node_modules/.package-lock.json")) return false;
  const { packages: wanted }: Lock = JSON.parse(lock);
  const { packages: held }: Lock = JSON.parse(readFileSync("node_modules/.package-lock.json", "utf8"));
  return Object.entries(wanted).every(([path, { version, optional, devOptional, os, cpu, libc }]) => {
    const elsewhere = (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch)) || libc?.includes("musl");
    return path === "" || held[path]?.version === version || ((optional || devOptional) && elsewhere);
  });
}
