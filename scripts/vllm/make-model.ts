import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { longStep } from "../long-step.mjs";
import { Refusal } from "../refusal.ts";
import { offline } from "./offline.ts";
import { vllmFolder } from "./vllm-folder.ts";

const script = "scripts/vllm/make-model.py";

/** The folder of the tiny model, made when it is not there or the script that makes it has changed. */
export async function makeModel(python: string, stopping: AbortSignal): Promise<string> {
  const folder = join(vllmFolder, "model");
  const stamp = join(folder, "dossier-made");
  const mark = createHash("sha256").update(readFileSync(script)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === mark) return folder;
  const step = { command: python, parameters: [script, folder], env: { ...process.env, ...offline() } };
  const { code, output } = await longStep("Making a tiny model with random weights", step, stopping);
  stopping.throwIfAborted();
  if (code !== 0) throw new Refusal(`the tiny model could not be made: ${output.split("\n").at(-1)}`);
  writeFileSync(stamp, mark);
  return folder;
}
