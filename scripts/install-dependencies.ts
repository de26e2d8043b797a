import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { holdsAll, type Lock } from "./holds-all.ts";
import { longStep } from "./long-step.mjs";
import { npm } from "./npm.mjs";
import { Refusal } from "./refusal.ts";

const stamp = "node_modules/.dossier-lock";
// Written by npm once it is through; a person may have called it without us.
const npmsOwn = "node_modules/.package-lock.json";
const parsed = (path: string): Lock => JSON.parse(readFileSync(path, "utf8"));

/** Installs what the lockfile says, unless that is what `node_modules` holds. Refuses with one line when npm cannot. */
export async function installDependencies(signal: AbortSignal): Promise<void> {
  const lock = readFileSync("package-lock.json", "utf8");
  const mark = createHash("sha256").update(`${process.platform} ${process.arch}\n${lock}`).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === mark) return;
  if (existsSync(npmsOwn) && holdsAll(parsed(npmsOwn), JSON.parse(lock))) return;
  const options = ["ci", "--ignore-scripts", "--include=dev", "--include=optional"];
  const installed = await longStep("Installing the dependencies from the lockfile (about a minute)", npm(options), signal);
  signal.throwIfAborted();
  if (installed.code !== 0) throw new Refusal(`the dependencies could not be installed: ${npm.explain(installed.output)} and try again.`);
  writeFileSync(stamp, mark);
}
