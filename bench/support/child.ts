import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface BenchChild<Request, Answer> {
  pid: number;
  /** Sends a message and resolves with the next one that comes back. */
  ask(request: Request): Promise<Answer>;
  end(): Promise<void>;
}

/** A part of a benchmark in a process of its own, so that its CPU can be told from the others'. It answers one message at a time. */
export function startBenchChild<Request, Answer>(file: string): BenchChild<Request, Answer> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return {
    pid: child.pid ?? 0,
    async ask(request) {
      child.send(request as object);
      const [answer] = await Promise.race([
        once(child, "message"),
        once(child, "exit").then(([code]) => {
          throw new Error(`${file} ended with code ${code}`);
        }),
      ]);
      return answer as Answer; // both ends are ours
    },
    async end() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
