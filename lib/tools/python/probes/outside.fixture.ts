import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outside } from "./probe.fixture.ts";

export interface Canary {
  outside: Outside;
  /** Connections and packets that came. */
  visits(): number;
  /** What scripts wrote where they must not. */
  written(): Promise<string[]>;
  close(): Promise<void>;
}

/** Lays out, for every user of the machine, what no sandbox may reach: files, and listeners that count who comes. */
export async function startCanary(): Promise<Canary> {
  const number = randomInt(1e6, 9e6);
  const folder = await mkdtemp(join(tmpdir(), "outside-"));
  await chmod(folder, 0o777);
  await writeFile(join(folder, "secret"), "ESCAPED");
  await writeFile(join(folder, "outside.py"), "print('ESCAPED')");
  const shared = `/dev/shm/probe-${number}`;
  if (existsSync("/dev/shm")) await writeFile(shared, "ESCAPED");

  let visits = 0;
  const listeners = Array.from({ length: 3 }, () =>
    createServer((socket) => {
      visits++;
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nESCAPED");
    }),
  );
  const [tcp, file, abstract] = listeners as [(typeof listeners)[0], (typeof listeners)[0], (typeof listeners)[0]]; // three were made
  await new Promise<void>((resolve) => tcp.listen(0, "::", resolve));
  const address = tcp.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await new Promise<void>((resolve) => file.listen({ path: join(folder, "socket"), writableAll: true, readableAll: true }, resolve));
  if (process.platform === "linux") await new Promise<void>((resolve) => abstract.listen(`\0probe-${number}`, resolve));
  const udp = createSocket("udp4", () => visits++);
  await new Promise<void>((resolve) => udp.bind(port, "0.0.0.0", resolve));

  const known = new Set(await readdir(folder));
  return {
    outside: { CANARY_PORT: port, HOST_PID: process.pid, HOST_FOLDER: folder, APP_FOLDER: process.cwd(), NUMBER: number },
    visits: () => visits,
    written: async () => (await readdir(folder)).filter((name) => !known.has(name)),
    async close() {
      for (const listener of listeners) listener.close();
      udp.close();
      await rm(folder, { recursive: true });
      await rm(shared, { force: true });
    },
  };
}

/** Processes of this machine with a word in their command line. */
export async function processesNamed(word: string): Promise<string[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((line) => line.includes(word));
}
