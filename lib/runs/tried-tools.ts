import type { Mending } from "#lib/domain/check-up.ts";
import { providerName } from "#lib/domain/provider-name.ts";
import type { Env } from "#lib/env.ts";
import { readFile } from "#lib/tools/files/read-file.ts";
import type { TriedTool } from "./check-up/tell-tools.ts";
import { type OpenPython, openPython } from "./open-python.ts";
import { toolNames } from "./tool-names.ts";

/** The tools that run on this machine, each tried with the smallest thing it can do. `python`: where it is open already; null where nobody needs it. */
export function triedTools(env: Env, python?: Promise<OpenPython> | null): TriedTool[] {
  const tell: Record<TriedTool["group"], TriedTool["tell"]> = {
    python: async (signal) => (python === null ? unneeded : tellPython(await (python ?? openPython(env, signal)), env)),
    files: tellFiles,
  };
  return toolNames.map(({ group, name }) => ({ group, name, tell: tell[group] }));
}

const unneeded = { state: "off", says: "Only a language model writes scripts, and none is connected." } as const;

function tellPython({ desks, checked }: OpenPython, env: Env): Awaited<ReturnType<TriedTool["tell"]>> {
  const facts = checked.map(({ name, says }) => `${nameOf(name)}: ${says.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())}`);
  const mend = checked.flatMap((check): Mending[] =>
    check.mend ? [{ what: `${nameOf(check.name)}:`, lines: check.mend, takeAway: [] }] : [],
  );
  const [first] = desks;
  if (first) {
    const state = mend.length > 0 ? "limited" : "works";
    return { state, says: `Scripts run in ${providerName(first.name)}${desks.length > 1 ? ", or else elsewhere" : ""}.`, facts, mend };
  }
  if (env.PYTHON_SANDBOX === "off") return { state: "off", says: "PYTHON_SANDBOX is off, so PythonInterpreter is left out of the prompt." };
  return { state: "mend", says: "No sandbox works, so PythonInterpreter is left out of the prompt.", facts, mend };
}

const nameOf = (name: OpenPython["checked"][number]["name"]) => (name === "off" ? "Python" : providerName(name));

const table = new TextEncoder().encode("year,depth\n1911,9\n");

async function tellFiles(signal: AbortSignal): Promise<Awaited<ReturnType<TriedTool["tell"]>>> {
  const answer = await readFile("probe.csv", table, signal);
  if (answer.ok) return { state: "works", says: "A table was read in a process of its own." };
  return { state: "mend", says: `Files cannot be read: ${answer.detail}.` };
}
