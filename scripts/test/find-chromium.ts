import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { type Command, longStep } from "../long-step.mjs";
import { Refusal } from "../refusal.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const installed = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/** The path of a Chromium that runs: the one CHROMIUM_PATH names, else one of this machine, else one that is installed now. */
export async function findChromium(stopping: AbortSignal): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named && !runs(named)) throw new Refusal(`CHROMIUM_PATH: ${named} is not a Chromium that runs. Correct it or unset it.`);
  const found = named || anyOfThisMachine();
  if (found) return found;
  for (const [title, step] of installers()) {
    await longStep(title, step, stopping);
    stopping.throwIfAborted();
    const fresh = anyOfThisMachine();
    if (fresh) return fresh;
  }
  throw new Refusal("no Chromium was found and none could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one.");
}

function anyOfThisMachine(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...installed, chromium.executablePath()].find(runs);
}

/** Asks it, because a name on PATH may be a stub that only says what to install. */
function runs(path: string): boolean {
  return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

function installers(): [string, Command][] {
  const playwright = { command: process.execPath, parameters: ["node_modules/@playwright/test/cli.js", "install", "chromium"] };
  const own: [string, Command] = ["Installing the Chromium of Playwright", playwright];
  const isDebian = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!isDebian) return [own];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...parameters: string[]): Command => ({ command: "apt-get", parameters, env });
  return [["Asking apt for its packages", apt("update")], ["Installing the package chromium", apt("install", "-y", "chromium")], own];
}
