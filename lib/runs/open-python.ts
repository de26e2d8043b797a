import { join } from "node:path";
import type { Sql } from "postgres";
import { providerTurns } from "#db/queries/provider-turns.ts";
import type { Env } from "#lib/env.ts";
import { openDesk } from "#lib/tools/policies/open-desk.ts";
import { type ChosenPython, choosePython } from "#lib/tools/python/choose-python.ts";
import type { PythonDesk } from "#lib/tools/python/python-job.ts";

/** The sandboxes that were found to work, in the order they are asked, and what was found out about the others. */
export interface OpenPython {
  desks: PythonDesk[];
  checked: ChosenPython["checked"];
}

/**
 * Tries the sandboxes that the settings allow with a script. It takes up to some seconds; once for a process is enough. Never throws: what
 * cannot be tried is not used. `sql`: counts the turns at SandboxFusion for all worker processes; absent: for this one.
 */
export async function openPython(env: Env, signal: AbortSignal, sql?: Sql): Promise<OpenPython> {
  const settings = { sandbox: env.PYTHON_SANDBOX, fusionUrls: env.SANDBOX_FUSION_URL ?? [], folder: join(env.DATA_DIR, "python") };
  try {
    const { providers, checked } = await choosePython(settings, signal);
    const turns = sql && providerTurns(sql);
    return { desks: providers.map((provider) => openDesk(provider, { turns, breaker: { failures: 3 } })), checked };
  } catch (error) {
    const says = `It could not be tried (${error instanceof Error ? error.message : String(error)})`;
    return { desks: [], checked: [{ name: env.PYTHON_SANDBOX === "auto" ? "pyodide" : env.PYTHON_SANDBOX, state: "mend", says }] };
  }
}
