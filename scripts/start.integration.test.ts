import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { freePort } from "#db/embedded/free-port.ts";

const folder = mkdtempSync(join(tmpdir(), "start "));
afterAll(() => rmSync(folder, { recursive: true }));

/** `npm start` without npm, with these settings and no others. */
async function start(settings: Record<string, string>): Promise<{ code: number; said: string }> {
  const script = fileURLToPath(new URL("./start.mjs", import.meta.url));
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: process.env.PATH,
    PORT: String(await freePort()),
    DATABASE_URL: "",
    ...settings,
  };
  const child = spawn(process.execPath, [script], { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, said: out + err };
}

const file = join(folder, "a file");
writeFileSync(file, "");

test.each([
  ["an impossible number", { PORT: "70000" }, 'dossier: PORT must be a whole number from 1 to 65535, not "70000".\n'],
  [
    "an address of other machines without a token",
    { HOST: "0.0.0.0" },
    "dossier: HOST 0.0.0.0 can be reached from other machines: set API_TOKEN, which browsers sign in with, to 16 characters or more (openssl rand -hex 32), or leave HOST at 127.0.0.1.\n",
  ],
  ["a value out of its range", { MAX_LLM_CALLS: "0" }, "dossier: MAX_LLM_CALLS must be at least 1\n"],
  [
    "a database address of another kind",
    { DATABASE_URL: "mysql://localhost/dossier" },
    "dossier: DATABASE_URL is not a postgres:// address\n",
  ],
  [
    "a data folder that is a file",
    { DATA_DIR: file },
    `dossier: The data folder ${file} cannot be used: a part of its path is a file. Mend that, or set DATA_DIR to a folder of your own.\n`,
  ],
])("%s ends it with one line", async (_, settings, said) => {
  expect(await start(settings)).toEqual({ code: 1, said });
});

test("a database that does not answer ends it with one line, which keeps the password", async () => {
  const port = await freePort();
  const { code, said } = await start({ DATABASE_URL: `postgres://me:secret@127.0.0.1:${port}/dossier` });
  expect(code).toBe(1);
  expect(said).toMatch(
    new RegExp(`^dossier: DATABASE_URL does not work: 127.0.0.1:${port}/dossier answers "[^\n]*ECONNREFUSED[^\n]*"[^\n]*\n$`),
  );
  expect(said).not.toContain("secret");
});

test("two mistakes are two lines", async () => {
  const { said } = await start({ MAX_LLM_CALLS: "0", WORKER_CONCURRENCY: "many" });
  expect(said.trim().split("\n")).toHaveLength(2);
});
