import { bubblewrap } from "./bubblewrap.ts";
import { pyodide } from "./pyodide.ts";
import type { PythonProvider } from "./python-job.ts";
import { sandboxFusion } from "./sandbox-fusion.ts";

export const pythonSandboxes = ["auto", "sandboxfusion", "bubblewrap", "pyodide", "off"] as const;
export type PythonSandbox = (typeof pythonSandboxes)[number];

export interface PythonSettings {
  sandbox: PythonSandbox;
  /** Addresses of SandboxFusion services; empty: there is none. */
  fusionUrls: readonly string[];
  /** Keeps what makes Pyodide start fast. */
  folder: string;
}

/** What was found out about one back-end, for the person who runs this application. */
export interface PythonCheck {
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

/** A machine that is busy starting up has its time; the probe itself is one multiplication. */
const probe = { code: "print(6 * 7)", files: [], timeoutMs: 20_000, memoryMegabytes: 256 };

/**
 * Chooses where scripts run. A named sandbox is the only one; `auto` takes SandboxFusion where it is set up, with the best sandbox of this
 * machine behind it: bubblewrap, or else Pyodide. What runs on this machine is tried with a script before it is trusted, and what fails is
 * left out: there is no Python without a sandbox. Call it once for a process.
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
  if (wants("sandboxfusion")) add(checkFusion(fusionUrls, sandbox), sandboxFusion({ urls: fusionUrls }));
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

/** It is not asked: it may be started later than this application, and every call that fails says so. */
function checkFusion(urls: readonly string[], sandbox: PythonSandbox): PythonCheck {
  const name = "sandboxfusion";
  if (urls.length > 0) return { name, state: "works", says: `Scripts go to ${urls.map((url) => new URL(url).host).join(", ")}` };
  if (sandbox === "auto") return { name, state: "off", says: "SANDBOX_FUSION_URL is not set" };
  return { name, state: "mend", says: "SANDBOX_FUSION_URL is not set", mend: "Set it, or choose another PYTHON_SANDBOX" };
}

const mends = {
  bubblewrap: "Install bubblewrap 0.8 and python3, and allow user namespaces: see deploy/python.md",
  pyodide: "Keep the application where every user of the machine may read it: see deploy/python.md",
};

async function tryOut(name: "bubblewrap" | "pyodide", provider: PythonProvider, signal: AbortSignal): Promise<PythonCheck> {
  const answer = await provider.ask(probe, signal);
  if (answer?.ok && answer.value.stdout.head === "42\n") return { name, state: "works", says: "A script was run in it" };
  const says = answer?.ok ? `A script ended as ${answer.value.ended} in it` : (answer?.detail ?? "It takes no scripts");
  return { name, state: "mend", says, mend: mends[name] };
}
