import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { offline } from "./offline.ts";
import { vllmFolder } from "./vllm-folder.ts";

export interface VllmServer {
  url: string;
  pid: number;
  startedInMs: number;
  stop(): Promise<void>;
}

/** The window of the served model. Small, so that a prompt that does not fit is short and a request that fills it ends within half a minute. */
export const windowTokens = 4096;
/** How many requests the engine works on at once: the third waits. */
export const runningAtMost = 2;

const patienceMs = 200_000;
const graceMs = 15_000;

/** Starts vLLM with the tiny model, named "tiny", on a free loopback port and waits until it is well. Its log is `<name>.log` in vLLM's folder. */
export async function serveVllm(name: string, flags: string[] = []): Promise<VllmServer> {
  const { VLLM_PYTHON: python, VLLM_MODEL: model } = process.env;
  if (!python || !model) throw new Error("VLLM_PYTHON and VLLM_MODEL are not set: run this with npm run test:vllm");
  const began = Date.now();
  const port = await freePort();
  const given = [
    ...["--model", model, "--served-model-name", "tiny", "--host", "127.0.0.1", "--port", String(port)],
    ...["--max-model-len", String(windowTokens), "--max-num-seqs", String(runningAtMost)],
    // No compiling: the model is so small that it would only cost time, and a compiler.
    ...["--enforce-eager", "--dtype", "float32"],
  ];
  mkdirSync(vllmFolder, { recursive: true });
  const logPath = join(vllmFolder, `${name}.log`);
  const log = openSync(logPath, "w");
  // A group of its own, because vLLM is three processes of which the third survives a kill of the second. Its input stays open and empty
  // for as long as we live: serve.py ends with it.
  const child = spawn(python, ["scripts/vllm/serve.py", ...given, ...flags], {
    env: { ...process.env, ...offline() },
    detached: true,
    stdio: ["pipe", log, log],
  });
  closeSync(log);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  child.once("error", () => resolve());
  child.once("exit", () => resolve());
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${python} could not be started`);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, pause(graceMs, undefined, { ref: false })]);
    // Giving a gigabyte back takes the killed a moment.
    const deadline = Date.now() + graceMs;
    while (signalGroup(pid, "SIGKILL") && Date.now() < deadline) await pause(50);
    await ended;
  };
  try {
    await untilWell(url, began + patienceMs, ended);
  } catch (cause) {
    await stop();
    throw new Error(`vLLM did not start. The end of ${logPath}:\n${readFileSync(logPath, "utf8").slice(-3000)}`, { cause });
  }
  return { url, pid, startedInMs: Date.now() - began, stop };
}

async function untilWell(url: string, deadline: number, ended: Promise<void>): Promise<void> {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  for (;;) {
    const status = await fetch(`${url}/health`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    if (gone) throw new Error("its process ended");
    if (Date.now() > deadline) throw new Error(`it was not well after ${patienceMs / 1000} s`);
    await pause(200);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/** False when nobody of the group is left. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
