import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Child {
  /** How it ended: "code 1", "signal SIGKILL". Settles once it has. */
  ended: Promise<string>;
  /** Asks it to end, and makes it when it has not after `graceMs` or when `forced` aborts; also whatever it left behind. */
  end(graceMs: number, forced: AbortSignal): Promise<void>;
  /** Shows from now on what it prints; what it had printed so far is thrown away, or shown too when `kept`. */
  show(kept?: boolean): void;
}

// Sends the child SIGTERM when this process is gone, even by kill -9: the channel between the two closes.
const leaveWithParent = new URL("./leave-with-parent.mjs", import.meta.url).href;

/**
 * Starts a Node program beside us. Its lines carry its name. It has a process group of its own, so that a Ctrl-C reaches only us, who end
 * the children in order; and pipes of its own, so that it survives the reader of our output.
 */
export function startChild(name: string, parameters: string[], variables: NodeJS.ProcessEnv): Child {
  const grouped = process.platform !== "win32";
  const child = spawn(process.execPath, ["--import", leaveWithParent, ...parameters], {
    env: variables,
    detached: grouped,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    windowsHide: true,
  });
  let held: string[] | undefined = [];
  if (child.stdout) createInterface(child.stdout).on("line", (line) => (held ? held.push(line) : console.log(`${name} | ${line}`)));
  if (child.stderr) createInterface(child.stderr).on("line", (line) => console.error(`${name} | ${line}`));
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  child.once("error", (error) => resolve(error.message));
  child.once("exit", (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
  const kill = () => {
    try {
      if (child.pid) process.kill(grouped ? -child.pid : child.pid, "SIGKILL");
    } catch {
      // Nobody of the group is left.
    }
  };
  return {
    ended,
    async end(graceMs, forced) {
      child.kill("SIGTERM");
      const timer = setTimeout(kill, graceMs);
      if (forced.aborted) kill();
      forced.addEventListener("abort", kill, { once: true });
      await ended;
      clearTimeout(timer);
      forced.removeEventListener("abort", kill);
      kill();
    },
    show(kept = false) {
      if (kept) for (const line of held ?? []) console.log(`${name} | ${line}`);
      held = undefined;
    },
  };
}
