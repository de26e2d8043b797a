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
  const ended = once(child, "exit").then(([code]): never => {
    throw new Error(`${file} ended with code ${code}`);
  });
  ended.catch(() => {}); // told to whoever waits for an answer
  return {
    pid: child.pid ?? 0,
    async ask(request) {
      const listening = new AbortController();
      const answered = once(child, "message", listening);
      child.send(request as object);
      try {
        const [answer] = await Promise.race([answered, ended]);
        return answer as Answer; // both ends are ours
      } finally {
        listening.abort();
      }
    },
    async end() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await ended.catch(() => {});
    },
  };
}
