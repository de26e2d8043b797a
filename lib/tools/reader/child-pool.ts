import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { basename, join } from "node:path";
import PQueue from "p-queue";
import { residentBytes } from "./resident-bytes.ts";

/** What a job came to. `not-started`: there was no child to do it, for want of descriptors or memory say, and the next job may find one. */
export type Ending<Result> =
  | { kind: "answered"; result: Result }
  | { kind: "overdue" | "out-of-memory" | "crashed" | "cancelled" }
  | { kind: "not-started"; detail: string };

export interface ChildPool<Job, Result> {
  run(job: Job, signal: AbortSignal): Promise<Ending<Result>>;
}

export interface ChildPoolOptions {
  script: URL;
  size: number;
  deadlineMs: number;
  /** Of JavaScript. Buffers and wasm lie outside of it. */
  heapMegabytes: number;
  /** Of everything the process holds, where the system tells (Linux). Looked at ten times a second. */
  residentMegabytes: number;
  /** The script loads a native part of a package. */
  hasAddons?: boolean;
  /** An idle child ends after this long; without it, it stays warm. */
  idleMs?: number;
  /** Our folder, where this code has been bundled and no longer knows from where. */
  root?: string;
}

/**
 * Keeps at most `size` warm child processes and gives each one job at a time. The script sends "ready" once and then one message per
 * job. A child that is overdue, crashes or is no longer wanted is killed and replaced, so no job costs more than its deadline and its
 * heap. Processes and not threads: a thread near its heap limit could not be terminated (Node 26.10: over 8 s after `terminate()`, a core
 * busy), and a thread out of memory can take the whole process with it. Children have no network and no environment, write no files, and
 * read none but our code and its packages.
 * `run` never rejects. Idle children do not keep this process alive, and end with it.
 */
export function childPool<Job extends object, Result>(options: ChildPoolOptions): ChildPool<Job, Result> {
  const queue = new PQueue({ concurrency: options.size });
  const idle = new Set<ChildProcess>();
  const leaving = new WeakMap<ChildProcess, NodeJS.Timeout>();
  const rest = (child: ChildProcess) => {
    idle.add(child);
    if (options.idleMs === undefined) return;
    const leave = () => idle.delete(child) && child.kill("SIGKILL");
    leaving.set(child, setTimeout(leave, options.idleMs).unref());
  };

  const runNow = async (job: Job, signal: AbortSignal): Promise<Ending<Result>> => {
    const [warm] = idle;
    if (warm) clearTimeout(leaving.get(warm));
    const child = warm ?? (await start(options));
    if ("kind" in child) return child;
    if (warm) idle.delete(warm);
    else child.once("exit", () => idle.delete(child));
    if (signal.aborted) {
      child.kill("SIGKILL"); // an abort that came while it started would not be heard by what follows
      return { kind: "cancelled" };
    }
    const overdue = AbortSignal.timeout(options.deadlineMs);
    const ending = await ask<Job, Result>(child, job, AbortSignal.any([signal, overdue]), options.residentMegabytes * 1_000_000);
    release(child);
    if (ending.kind === "answered") rest(child);
    else child.kill("SIGKILL");
    return ending.kind === "overdue" && signal.aborted ? { kind: "cancelled" } : ending;
  };
  return {
    async run(job, signal) {
      try {
        return await queue.add(() => runNow(job, signal), { signal });
      } catch (error) {
        if (signal.aborted) return { kind: "cancelled" };
        throw error;
      }
    },
  };
}

/** What a program needs to start. A parser that can be talked into opening a file finds neither settings nor secrets. */
const readable = ["lib/", "node_modules/", "package.json"];

async function start({
  script,
  heapMegabytes,
  hasAddons,
  root = join(import.meta.dirname, "../../.."),
}: ChildPoolOptions): Promise<ChildProcess | Extract<Ending<never>, { kind: "not-started" }>> {
  try {
    const child = fork(script, {
      execArgv: [
        "--permission",
        ...(hasAddons ? ["--allow-addons"] : []),
        ...readable.map((path) => `--allow-fs-read=${join(root, path)}`),
        `--max-old-space-size=${heapMegabytes}`,
      ],
      env: { NODE_ENV: "production" },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
    });
    child.on("error", () => {}); // whoever waits for it hears of it; an idle child has nobody who does
    const tooEarly = once(child, "exit").then(([code, signal]) => {
      throw new Error(`${basename(script.pathname)} ended before it was ready (${code ?? signal})`);
    });
    tooEarly.catch(() => {});
    await Promise.race([once(child, "message"), tooEarly]);
    return child;
  } catch (error) {
    return { kind: "not-started", detail: problemOf(error) };
  }
}

/** The system's own word for it where there is one: its message holds paths of ours. */
const problemOf = (error: unknown) => (error instanceof Error ? ("code" in error ? String(error.code) : error.message) : String(error));

function ask<Job extends object, Result>(child: ChildProcess, job: Job, until: AbortSignal, mostBytes: number): Promise<Ending<Result>> {
  return new Promise((resolve) => {
    const answered = (result: unknown) => end({ kind: "answered", result: result as Result }); // our own script sent it
    const exited = (code: number | null, signal: string | null) => end({ kind: hasAborted(code, signal) ? "out-of-memory" : "crashed" });
    const crashed = () => end({ kind: "crashed" });
    const overdue = () => end({ kind: "overdue" });
    const watch = setInterval(() => (residentBytes(child.pid) ?? 0) > mostBytes && end({ kind: "out-of-memory" }), 100);
    const end = (ending: Ending<Result>) => {
      clearInterval(watch);
      child.off("message", answered).off("exit", exited).off("error", crashed);
      until.removeEventListener("abort", overdue);
      resolve(ending);
    };
    child.on("message", answered).on("exit", exited).on("error", crashed);
    until.addEventListener("abort", overdue);
    child.ref();
    child.channel?.ref();
    child.send(job, (error) => error && crashed());
  });
}

/** Node aborts when its heap is full, and hardly ever else. */
const hasAborted = (code: number | null, signal: string | null) => signal === "SIGABRT" || code === 134;

function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}
