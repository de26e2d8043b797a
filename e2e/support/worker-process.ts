import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface WorkerProcess {
  /** Resolves when a line of its output matches. Rejects when it ends before. */
  said(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
  output(): string;
}

/** The real worker in a process of its own, with exactly the given settings. `parameters`: those that the supervisor gives it. */
export function startWorkerProcess(settings: Record<string, string>, parameters: readonly string[] = []): WorkerProcess {
  const main = fileURLToPath(new URL("../../worker/main.ts", import.meta.url));
  // The scripts of most stories hold the research alone.
  const alone = { REPORT_WRITER: "off", CLAIM_JUDGE: "off" };
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, ...alone, ...settings };
  const child: ChildProcess = spawn(process.execPath, [main, ...parameters], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (part: Buffer) => {
      output += part.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, "exit");
  return {
    output: () => output,
    async said(pattern) {
      const found = Promise.withResolvers<string>();
      const look = () => {
        const match = pattern.exec(output);
        if (match) found.resolve(match[0]);
      };
      listeners.add(look);
      look();
      void ended.then(() => found.reject(new Error(`The worker ended without saying ${pattern}. It said:\n${output}`)));
      return found.promise.finally(() => listeners.delete(look));
    },
    async kill(signal) {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
