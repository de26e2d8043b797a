import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "#db/embedded/free-port.ts";
import { letIn } from "./let-in.ts";

export interface Dossier {
  url: string;
  /** Asks it as a script does, with its token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** What scripts send as a bearer token. */
  token: string;
  /** The process ids of the running workers. */
  workers(): Promise<number[]>;
  /** Everything it has written to its outputs. */
  said(): string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, "../..");

/**
 * Starts the whole of Dossier as a user does, on a free port, with a data folder of its own and exactly the given settings. Every browser of the
 * tests is let in, with the link that the start prints.
 */
export async function startDossier(settings: Record<string, string>): Promise<Dossier> {
  const dataDir = await mkdtemp(join(tmpdir(), "dossier-"));
  await chmod(dataDir, 0o755); // as root, Postgres runs as another user, who has to reach it
  const port = await freePort();
  const corpus = settings.CORPUS_DIR && { CORPUS_DIR: resolve(settings.CORPUS_DIR) };
  // The scripts of most stories hold the research alone.
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production" as const,
    REPORT_WRITER: "off",
    CLAIM_JUDGE: "off",
    ...settings,
    ...corpus,
    DATA_DIR: dataDir,
    PORT: String(port),
  };
  const child = spawn(process.execPath, [join(root, "scripts/start.mjs")], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => {
      said += part.toString();
      if (/is ready/.test(said)) ready.resolve();
    });
  }
  const ended = once(child, "exit");
  void ended.then(([code]) => ready.reject(new Error(`Dossier ended with code ${code} before it was ready:\n${said}`)));
  await ready.promise;
  const forget = await letIn(/Open (\S+\/launch\/\S+)/.exec(said)?.[1] ?? "");
  const token = settings.API_TOKEN ?? (await readFile(join(dataDir, "api-token"), "utf8")).trim();
  return {
    url: `http://127.0.0.1:${port}`,
    fetch: (path, init) =>
      fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init?.headers } }),
    token,
    workers: () => descendantsRunning(child.pid ?? 0, "worker/main.ts"),
    said: () => said,
    async stop() {
      forget();
      child.kill("SIGTERM");
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Processes below `ancestor` whose command line names `what`, read from /proc. */
async function descendantsRunning(ancestor: number, what: string): Promise<number[]> {
  const processes = await Promise.all((await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(readProcess));
  const below = (pid: number): number[] =>
    processes.filter((each) => each?.parent === pid).flatMap((each) => (each ? [each.pid, ...below(each.pid)] : []));
  const ours = new Set(below(ancestor));
  return processes.flatMap((each) => (each && ours.has(each.pid) && each.command.includes(what) ? [each.pid] : []));
}

async function readProcess(name: string): Promise<{ pid: number; parent: number; command: string } | null> {
  try {
    const [stat, command] = await Promise.all([readFile(`/proc/${name}/stat`, "utf8"), readFile(`/proc/${name}/cmdline`, "utf8")]);
    return { pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]), command };
  } catch {
    return null; // it ended while we looked
  }
}
