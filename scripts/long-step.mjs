import { spawn } from "node:child_process";

/**
 * Runs a command that takes a while and shows that it does: one line with the time it has taken so far, which counts on a terminal and is
 * said anew every 20 s elsewhere. What the command prints is kept, not shown. Aborting the signal ends the command and its children.
 * Never rejects: `{code, output}`, with code -1 when it could not be started or was ended by a signal.
 * @param {string} title
 * @param {{command: string, parameters: string[], shell?: boolean, env?: Record<string, string | undefined>}} step
 * @param {AbortSignal} [signal]
 */
export function longStep(title, { command, parameters, shell, env }, signal) {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const live = process.stdout.isTTY;
  const show = () => process.stdout.write(live ? `\r${title} … ${seconds()}` : `${title} … ${seconds()}\n`);
  process.stdout.write(live ? `${title} …` : `${title} …\n`);
  const clock = setInterval(show, live ? 1000 : 20_000);
  // A group of its own, so that ending it also ends the processes it started; and a Ctrl-C reaches it through us only.
  const grouped = process.platform !== "win32";
  const child = spawn(command, parameters, {
    env: env ?? process.env,
    shell,
    detached: grouped,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const end = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(grouped ? -child.pid : child.pid, "SIGTERM");
    } catch {
      // It ended in the meantime.
    }
  };
  const leave = () => {
    end();
    process.exit(130);
  };
  if (signal) signal.aborted ? end() : signal.addEventListener("abort", end, { once: true });
  else for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(name, leave);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    const finish = (code) => {
      clearInterval(clock);
      signal?.removeEventListener("abort", end);
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeListener(name, leave);
      process.stdout.write(`${live ? "\r" : ""}${title}: ${code === 0 ? "done in" : "ended after"} ${seconds()}\n`);
      resolve({ code, output: output.trim() });
    };
    child.once("error", (error) => {
      output += `\n${error.message}`;
      finish(-1);
    });
    child.once("close", (code) => finish(code ?? -1));
  });
}
