import { spawn } from "node:child_process";

/** Runs one of our tools from `node_modules` with its output where ours goes. Resolves to its exit code. Ctrl-C reaches it as it reaches us. */
export function showRun(script: string, parameters: string[], variables: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [`node_modules/${script}`, ...parameters], {
    env: variables,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const end = () => child.kill("SIGTERM");
  process.once("SIGTERM", end);
  return new Promise((resolve) => {
    child.once("error", () => resolve(-1));
    child.once("exit", (code) => {
      process.removeListener("SIGTERM", end);
      resolve(code ?? -1);
    });
  });
}
