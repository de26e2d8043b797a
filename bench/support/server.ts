import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Server {
  url: string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, "../..");

/** Starts the whole of Dossier as a user does, on a free port with a data folder of its own, and the given settings. */
export async function startServer(settings: Record<string, string>): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), "dossier-bench-"));
  const port = await freePort();
  const env = { ...process.env, ...absolute(settings), DATA_DIR: dataDir, PORT: String(port) };
  const child = spawn(process.execPath, [join(root, "scripts/start.mjs")], { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const ready = Promise.withResolvers<void>();
  child.stdout.on("data", (part: Buffer) => {
    if (/is ready/.test(part.toString())) ready.resolve();
  });
  child.once("exit", (code) => ready.reject(new Error(`Dossier ended with code ${code} before it was ready`)));
  await ready.promise;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const absolute = (settings: Record<string, string>) => ({ ...settings, ...(settings.CORPUS_DIR && { CORPUS_DIR: resolve(settings.CORPUS_DIR) }) });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address !== "object" || !address) throw new Error("The system gave no port");
  return address.port;
}
