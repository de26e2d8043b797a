import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface LightWorker {
  id: string;
  /** It loads what it needs and waits; now it begins to take runs, in the place of workers that are known to have ended. */
  go(replaces?: readonly string[]): void;
  /** Resolves when it takes runs. Rejects when it ends before. */
  ready: Promise<void>;
  /** How it ended, and when, in milliseconds since 1970. */
  ended: Promise<{ how: string; at: number }>;
  signal(name: NodeJS.Signals): void;
  said(): string;
}

export interface LightOptions {
  url: string;
  world: string;
  failpoint?: string;
  concurrency?: number;
  /** What the searches of one run do to it. */
  breaks?: { how: "kill" | "reject" | "heap" | "busy"; runId: string };
  /** The run whose model takes its time. */
  slow?: string;
  nodeOptions?: readonly string[];
}

const main = fileURLToPath(new URL("./light-worker.ts", import.meta.url));
// Compiled once for all of them: most of what such a process costs.
const compileCache = join(tmpdir(), "dossier-light-workers");

/** Starts a worker with the whole kernel and a model and tools of next to no cost (see light-worker.ts). */
export function startLightWorker(options: LightOptions): LightWorker {
  const { url, world, failpoint, concurrency = 3, breaks, slow, nodeOptions = [] } = options;
  const id = `light-${randomUUID()}`;
  const parameters = [`--id=${id}`, `--url=${url}`, `--world=${world}`, `--concurrency=${concurrency}`];
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, NODE_ENV: "test", NODE_COMPILE_CACHE: compileCache };
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...nodeOptions,
      main,
      ...parameters,
      ...(breaks ? [`--break-how=${breaks.how}`, `--break-run=${breaks.runId}`] : []),
      ...(slow ? [`--slow-run=${slow}`] : []),
    ],
    {
      env: { ...env, ...(failpoint && { FAILPOINT: failpoint }) },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  let said = "";
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => {});
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (part: Buffer) => {
      said += part.toString();
      if (/takes runs/.test(said)) ready.resolve();
    });
  const ended = once(child, "exit").then(([code, signal]) => {
    const how = signal ? `signal ${signal}` : `code ${code}`;
    ready.reject(new Error(`A worker ended (${how}) before it took runs:\n${said}`));
    return { how, at: Date.now() };
  });
  child.stdin?.on("error", () => {}); // it is gone, which `ended` tells
  const go = (replaces: readonly string[] = []) => void child.stdin?.write(`${JSON.stringify(replaces)}\n`);
  return { id, go, ready: ready.promise, ended, signal: (name) => void child.kill(name), said: () => said };
}
