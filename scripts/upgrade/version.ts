import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Version {
  url: string;
  /** Asks it as a script does. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Ends it as a deploy does, with SIGTERM; gives its exit code and how many milliseconds it took. */
  leave(): Promise<{ code: number | null; ms: number }>;
}

/** Starts the version of Dossier that lies in a folder, as its README says. */
export async function startVersion(folder: string, port: number, settings: Record<string, string>): Promise<Version> {
  const child = spawn("node", [join(folder, "scripts/start.mjs")], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", PORT: String(port), ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const ready = Promise.withResolvers<void>();
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => {
      said += part.toString();
      if (/is ready/.test(said)) ready.resolve();
    });
  void ended.then(([code]) => ready.reject(new Error(`The version in ${folder} ended with code ${code} before it was ready:\n${said}`)));
  await ready.promise;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    fetch: (path, init) =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${settings.API_TOKEN}`, ...init?.headers } }),
    async leave() {
      const began = performance.now();
      child.kill("SIGTERM");
      const [code] = await ended;
      return { code, ms: performance.now() - began };
    },
  };
}
