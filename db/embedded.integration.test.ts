import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbedded } from "./embedded.ts";

const folder = mkdtempSync(join(tmpdir(), "embedded postgres "));
const dataDir = join(folder, "data");
// As root, Postgres runs as another user, who must be able to get there.
beforeAll(() => chmodSync(folder, 0o755));
afterAll(() => rmSync(folder, { recursive: true }));

interface Member {
  url: string;
  startedHere: boolean;
  leave(): Promise<void>;
}

async function member(): Promise<Member> {
  const program = fileURLToPath(new URL("./embedded.fixture.ts", import.meta.url));
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [program, dataDir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const [line] = await once(createInterface(child.stdout), "line");
  const leave = async () => {
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  };
  return { ...JSON.parse(line), leave };
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, fetch_types: false, connect_timeout: 5 });
  return sql`select 1`
    .then(
      () => true,
      () => false,
    )
    .finally(() => sql.end({ timeout: 0 }));
}

test("processes that start at once on an empty folder share one server; it ends with the last of them", async () => {
  const members = await Promise.all([member(), member(), member()]);
  const [first, second, third] = members as [Member, Member, Member];
  expect(new Set(members.map((each) => each.url)).size).toBe(1);
  expect(members.filter((each) => each.startedHere)).toHaveLength(1);
  await (first.startedHere ? first : second).leave();
  expect(await answers(third.url)).toBe(true);
  await (first.startedHere ? second : first).leave();
  expect(await answers(third.url)).toBe(true);
  await third.leave();
  expect(await answers(third.url)).toBe(false);
  expect(readdirSync(dataDir)).toEqual(["pg18"]);
});

test("what was written is there after a stop and after a kill; only the owner can read the password", async () => {
  const first = await startEmbedded({ dataDir });
  const sql = postgres(first.url, { max: 1 });
  await sql`create table kept as select '検索' as word`;
  await sql.end();
  process.kill(Number(readFileSync(join(dataDir, "pg18", "postmaster.pid"), "utf8").split("\n")[0]), "SIGKILL");
  const second = await startEmbedded({ dataDir });
  const again = postgres(second.url, { max: 1 });
  expect(await again`select word, lower('Ä') as letter from kept`).toMatchObject([{ word: "検索", letter: "ä" }]);
  await again.end();
  await second.stop();
  await first.stop();
  expect(statSync(join(dataDir, "pg18", "dossier.password")).mode & 0o777).toBe(0o600);
});

test.each([
  ["a file", (path: string) => writeFileSync(path, ""), "a part of its path is a file"],
  [
    "a folder of somebody else's files",
    (path: string) => mkdirSync(join(path, "pg18", "photos"), { recursive: true }),
    "it holds files but is no Postgres data folder",
  ],
])("%s in the place of the data folder is refused in one line that names DATA_DIR", async (name, make, reason) => {
  const path = join(folder, name);
  make(path);
  const refusal: Error = await startEmbedded({ dataDir: path }).then(
    () => expect.unreachable(),
    (error) => error,
  );
  expect(refusal.message).toContain(reason);
  expect(refusal.message).toContain("DATA_DIR");
  expect(refusal.message).not.toContain("\n");
});
