import { bubblewrap } from "./bubblewrap.ts";
import type { Isolation } from "./isolation.ts";
import { probeFailure } from "./probe-failure.ts";
import { pyodide } from "./pyodide.ts";
import type { PythonProvider } from "./python-job.ts";
import { type SandboxFusion, sandboxFusion } from "./sandbox-fusion.ts";

type PythonSandbox = "auto" | "sandboxfusion" | "bubblewrap" | "pyodide" | "off";

export interface PythonSettings {
  sandbox: PythonSandbox;
  /** Addresses of SandboxFusion services; empty: there is none. */
  fusionUrls: readonly string[];
  /** Keeps what makes Pyodide start fast. */
  folder: string;
}

/** What was found out about one back-end, for the person who runs this application. */
interface PythonCheck {
  name: Exclude<PythonSandbox, "auto">;
  state: "works" | "mend" | "off";
  says: string;
  /** What to do about it. */
  mend?: string;
}

/** In the order in which they are asked; empty: there is no Python. */
export interface ChosenPython {
  providers: PythonProvider[];
  checked: PythonCheck[];
}

/**
 * Chooses where scripts run. A named sandbox is the only one; `auto` takes SandboxFusion where it is set up, with the best sandbox of this
 * machine behind it: bubblewrap, or else Pyodide. What runs on this machine is tried with a script before it is trusted, and what fails is
 * left out: there is no Python without a sandbox. Of SandboxFusion it is tried what its scripts reach: where that is a network, it is
 * left out as well. A minute and a quarter at most, half a minute for each sandbox. Call it once for a process.
 */
export async function choosePython(settings: PythonSettings, signal: AbortSignal): Promise<ChosenPython> {
  const { sandbox, fusionUrls, folder } = settings;
  if (sandbox === "off") return { providers: [], checked: [{ name: "off", state: "off", says: "Python is turned off (PYTHON_SANDBOX)" }] };
  const wants = (name: PythonSandbox) => sandbox === name || sandbox === "auto";
  const chosen: ChosenPython = { providers: [], checked: [] };
  const add = (check: PythonCheck, provider: PythonProvider) => {
    chosen.checked.push(check);
    if (check.state === "works") chosen.providers.push(provider);
    return check.state === "works";
  };
  if (wants("sandboxfusion")) {
    const provider = sandboxFusion({ urls: fusionUrls });
    const { isUsed, ...check } = await checkFusion(provider, settings, signal);
    chosen.checked.push(check);
    if (isUsed) chosen.providers.push(provider);
  }
  if (wants("bubblewrap")) {
    const provider = bubblewrap();
    if (add(await tryOut("bubblewrap", provider, signal), provider)) return chosen;
  }
  if (wants("pyodide")) {
    const provider = pyodide({ folder });
    add(await tryOut("pyodide", provider, signal), provider);
  }
  return chosen;
}

/** It may be started later than this application: one that does not answer, or not in this time, is used all the same, and tried when a script comes. */
const fusionPatienceMs = 15_000;

async function checkFusion(
  provider: SandboxFusion,
  { fusionUrls, sandbox }: PythonSettings,
  signal: AbortSignal,
): Promise<PythonCheck & { isUsed: boolean }> {
  const [name, isUsed] = ["sandboxfusion", fusionUrls.length > 0] as const;
  if (!isUsed && sandbox === "auto") return { name, isUsed, state: "off", says: "SANDBOX_FUSION_URL is not set" };
  if (!isUsed)
    return { name, isUsed, state: "mend", says: "SANDBOX_FUSION_URL is not set", mend: "Set it, or choose another PYTHON_SANDBOX" };
  const hosts = fusionUrls.map((url) => new URL(url).host);
  const found = await examinedInTime(provider, signal);
  const open = found?.flatMap((isolation, index) => (isolation.kind === "open" ? `${hosts[index]} reach ${isolation.reached}` : [])) ?? [];
  if (open.length > 0) {
    const says = `Scripts at ${open.join(", at ")}: it is not used`;
    return { name, isUsed: open.length < hosts.length, state: "mend", says, mend: fusionMends.open };
  }
  const silent = found
    ? found.flatMap((isolation, index) => (isolation.kind === "unknown" ? `${hosts[index]}: ${isolation.failure.detail}` : []))
    : [`No answer in ${fusionPatienceMs / 1_000} s`];
  if (silent.length > 0) return { name, isUsed, state: "mend", says: silent.join("; "), mend: fusionMends.silent };
  return { name, isUsed, state: "works", says: `Scripts go to ${hosts.join(", ")}, and reach no network` };
}

async function examinedInTime(provider: SandboxFusion, signal: AbortSignal): Promise<Isolation[] | null> {
  try {
    return await provider.examine(AbortSignal.any([signal, AbortSignal.timeout(fusionPatienceMs)]));
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

const fusionMends = {
  open: "Let the service open no connections of its own, and start Dossier again: see deploy/python.md",
  silent: "Start it, or correct SANDBOX_FUSION_URL",
};

const mends = {
  bubblewrap: "Install bubblewrap 0.8 and python3, and allow user namespaces: see deploy/python.md",
  pyodide: "Keep the application where every user of the machine may read it: see deploy/python.md",
};

async function tryOut(name: "bubblewrap" | "pyodide", provider: PythonProvider, signal: AbortSignal): Promise<PythonCheck> {
  const says = await probeFailure(provider, signal);
  return says === null ? { name, state: "works", says: "A script was run in it" } : { name, state: "mend", says, mend: mends[name] };
}
