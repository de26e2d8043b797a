import { wait } from "#lib/std/wait.ts";
import type { PythonProvider } from "./python-job.ts";

/** For all of it: starting cold on a machine that is busy starting up, too. The script itself is one multiplication. */
const mostMs = 30_000;
const probe = { code: "print(6 * 7)", files: [], timeoutMs: 20_000, memoryMegabytes: 256 };

/** Tries a sandbox with a script: why it cannot be trusted to run one, or null where it did. Throws only when `signal` aborted. */
export async function probeFailure(provider: PythonProvider, signal: AbortSignal): Promise<string | null> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const late = wait(mostMs, until).then(() => ({ ok: false, detail: `It ran no script in ${mostMs / 1_000} s` }) as const);
  try {
    const answer = await Promise.race([provider.ask(probe, until), late]);
    if (!answer?.ok) return answer?.detail ?? "It takes no scripts";
    return answer.value.stdout.head === "42\n" ? null : `A script ended as ${answer.value.ended} in it`;
  } finally {
    over.abort(); // ends the script, or the wait
  }
}
