import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { setPriority } from "node:os";
import type { Readable, Writable } from "node:stream";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { mostFrameBytes, readFigureFrames } from "./figure-frames.ts";
import { isOutOfMemory } from "./is-out-of-memory.ts";
import { jobFrame } from "./job-frame.ts";
import { printedKeeper } from "./printed.ts";
import type { FilledJob, PythonResult } from "./python-job.ts";
import { sandboxIdentity } from "./sandbox-identity.ts";
import { tryToSpawn } from "./try-to-spawn.ts";

/**
 * How to start a sandbox that takes one job from its standard input, and ends with it. On descriptor 3 it says "ready" when a job may come, then
 * "taken" when script and files lie in their place; or, in place of that, why they could not be put there. On descriptor 5 it gives the pictures
 * that the script made.
 */
export interface SandboxCommand {
  file: string;
  arguments: readonly string[];
  /** Given on descriptor 4: bytes, or a file that is open in this process. */
  input?: Buffer | number;
  /** Bytes that the sandbox holds just now, with all it started. */
  heldBytes(pid: number): Promise<number>;
  /** What it holds before there is a script in it. */
  overheadMegabytes: number;
}

/** One process for one script. */
export interface SandboxChild {
  run(job: FilledJob, signal: AbortSignal): Promise<Answer<PythonResult>>;
  /** Whether a job may still be given to it. */
  isUsable(): boolean;
  /** While it waits it does not keep this process alive. */
  rest(): void;
  kill(): void;
}

/** A sandbox on a busy machine has its time to start; one that hangs has not forever. */
const startMs = 60_000;
/** Of both streams together: a script that prints more is not meant to be read. */
const mostPrintedBytes = 50_000_000;
const betweenLooksMs = 100;
/** Characters of what a sandbox says of itself. */
const mostSaid = 300;
/** Exit codes by which a shell, and bubblewrap, report a fatal signal: 128 and SIGILL, TRAP, ABRT, BUS, FPE, KILL, SEGV, XCPU, XFSZ, SYS. */
const fatalCodes = new Set([4, 5, 6, 7, 8, 9, 11, 24, 25, 31].map((number) => 128 + number));

export function startSandbox(command: SandboxCommand): SandboxChild {
  const { input } = command;
  const fourth = input === undefined ? "ignore" : typeof input === "number" ? input : "pipe";
  const child = tryToSpawn(command.file, command.arguments, {
    cwd: "/",
    env: { NODE_ENV: "production" }, // and nothing of ours
    stdio: ["pipe", "pipe", "pipe", "pipe", fourth, "pipe"],
    ...sandboxIdentity,
  });
  return typeof child === "string" ? notStarted(child) : sandboxIn(child, command);
}

type Streams = [Writable, Readable, Readable, Readable, Writable | null, Readable];

function sandboxIn(child: ChildProcess, command: SandboxCommand): SandboxChild {
  const { input } = command;
  const [stdin, stdout, stderr, status, filter, pictures] = child.stdio as unknown as Streams; // as asked for
  const streams = [stdin, stdout, stderr, status, pictures];
  for (const stream of streams) stream.on("error", () => {}); // it broke off: the process has ended, which is heard of below
  if (input instanceof Buffer) filter?.on("error", () => {}).end(input);
  if (child.pid) lowerPriority(child.pid);

  const printed = { stdout: keep(stdout), stderr: keep(stderr) };
  const drawn = keepBytes(pictures);
  let problem = "";
  let over = false;
  const closed = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      problem = error.message;
      over = true;
      resolve(); // where it could not be started "close" may not come
    });
    child.on("exit", () => {
      over = true;
    });
    child.on("close", () => resolve());
  });
  let said = "";
  const ready = new Promise<boolean>((resolve) => {
    status.on("data", (part: Buffer) => {
      said += part.toString().slice(0, mostSaid - said.length);
      resolve(true);
    });
    void closed.then(() => resolve(false));
  });
  const kill = () => {
    if (over) return; // its number may be another's by now
    if (!killFirstChildOf(child.pid)) child.kill("SIGKILL");
  };

  return {
    isUsable: () => !over,
    kill,
    rest() {
      child.unref();
      for (const stream of streams) if ("unref" in stream && typeof stream.unref === "function") stream.unref();
    },
    async run(job, signal) {
      child.ref();
      for (const stream of streams) if ("ref" in stream && typeof stream.ref === "function") stream.ref();
      signal.addEventListener("abort", kill);
      try {
        signal.throwIfAborted();
        const answer = await runJob(job);
        signal.throwIfAborted();
        return answer;
      } finally {
        signal.removeEventListener("abort", kill);
        kill();
      }
    },
  };

  async function runJob(job: FilledJob): Promise<Answer<PythonResult>> {
    const tooSlow = setTimeout(kill, startMs);
    const started = await ready;
    clearTimeout(tooSlow);
    if (!started) return { ok: false, reason: "crashed", detail: startProblem() };
    let ended: PythonResult["ended"] = "exited";
    const end = (why: PythonResult["ended"]) => {
      if (ended !== "exited" || over) return;
      ended = why;
      kill();
    };
    const began = performance.now();
    const overdue = setTimeout(() => end("timed-out"), job.timeoutMs);
    const stopWatching = watch(job, () => end("out-of-memory"));
    for (const stream of [printed.stdout, printed.stderr])
      stream.onMore(() => printed.stdout.bytes() + printed.stderr.bytes() > mostPrintedBytes && end("printed-too-much"));
    for (const part of jobFrame(job)) stdin.write(part);
    stdin.end();
    await closed;
    clearTimeout(overdue);
    stopWatching();
    const failure = placingFailure(ended);
    if (failure) return failure;
    return { ok: true, value: resultOf(ended, Math.round(performance.now() - began)) };
  }

  function startProblem(): string {
    const error = problem || printed.stderr.printed().head.trim();
    return didNotStart(error.slice(0, 300) || "it was too slow");
  }

  /** What keeps a job from being put in its place is about the sandbox and the files; the script has not even begun. */
  function placingFailure(ended: PythonResult["ended"]): Extract<Answer<never>, { ok: false }> | null {
    const word = said.replace(/^ready/, "");
    if (word === "taken") return null;
    if (word !== "") return { ok: false, reason: "too-large", detail: `The files could not be placed: ${word}` };
    const reason = ended === "out-of-memory" ? "too-large" : ended === "timed-out" ? "timed-out" : "crashed";
    return { ok: false, reason, detail: "The sandbox ended before the script and its files were in their place" };
  }

  /** Looks again and again at what it holds, each time after the last look has ended. */
  function watch(job: FilledJob, tooMuch: () => void): () => void {
    const most = (job.memoryMegabytes + command.overheadMegabytes) * 1024 * 1024;
    const looks = new AbortController();
    const look = async () => {
      if (child.pid && (await command.heldBytes(child.pid)) > most) tooMuch();
      if (!looks.signal.aborted) timer = setTimeout(look, betweenLooksMs);
    };
    let timer = setTimeout(look, betweenLooksMs);
    return () => {
      looks.abort();
      clearTimeout(timer);
    };
  }

  function resultOf(ended: PythonResult["ended"], durationMs: number): PythonResult {
    const texts = { stdout: printed.stdout.printed(), stderr: printed.stderr.printed() };
    const code = child.exitCode;
    const figures = readFigureFrames(drawn());
    if (ended !== "exited") return { ...texts, figures, returnCode: null, ended, durationMs };
    if (code === null || fatalCodes.has(code)) return { ...texts, figures, returnCode: null, ended: "crashed", durationMs };
    return { ...texts, figures, returnCode: code, ended: isOutOfMemory(code, texts.stderr) ? "out-of-memory" : "exited", durationMs };
  }
}

const didNotStart = (why: string) => `The sandbox did not start: ${why}`;

const notStarted = (why: string): SandboxChild => ({
  isUsable: () => false,
  rest() {},
  kill() {},
  async run(_, signal) {
    signal.throwIfAborted();
    return { ok: false, reason: "crashed", detail: didNotStart(why) };
  },
});

/**
 * Ends what bubblewrap started first, and with it its namespace; bubblewrap itself ends when all of it is gone. Killing bubblewrap would end
 * the namespace too, but some time after this process has heard of the end. False where there is no such process.
 */
function killFirstChildOf(pid: number | undefined): boolean {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
    return first ? process.kill(Number(first), "SIGKILL") : false;
  } catch {
    return false; // it has ended meanwhile, or this is not Linux
  }
}

/** Reads a stream to its end; what is beyond the limits of `printedKeeper` is read and let go. */
function keep(stream: Readable) {
  const keeper = printedKeeper();
  const decoder = new TextDecoder();
  let bytes = 0;
  let onMore = () => {};
  stream.on("data", (part: Buffer) => {
    bytes += part.byteLength;
    keeper.add(decoder.decode(part, { stream: true }));
    onMore();
  });
  stream.on("end", () => keeper.add(decoder.decode()));
  return {
    bytes: () => bytes,
    printed: keeper.printed,
    onMore(listener: () => void) {
      onMore = listener;
    },
  };
}

/** The bytes of a stream, up to what pictures may take; what is beyond is read and let go. */
function keepBytes(stream: Readable): () => Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  stream.on("data", (part: Buffer) => {
    if (size < mostFrameBytes) parts.push(part);
    size += part.byteLength;
  });
  return () => Buffer.concat(parts);
}

/** A script is never more urgent than the server that answers people. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, 10);
  } catch {
    // it has ended already, which is heard of elsewhere
  }
}
