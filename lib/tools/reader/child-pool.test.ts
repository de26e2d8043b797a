import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { childPool } from "./child-pool.ts";

// A loaded machine takes its time to start a process; no test waits for this long.
vi.setConfig({ testTimeout: 30_000 });

const script = new URL("./child-pool.fixture.mjs", import.meta.url);
const never = new AbortController().signal;
const work = { job: "work" };
const limits = { heapMegabytes: 32, residentMegabytes: 300 };
const pool = (deadlineMs: number, size = 1) => childPool<{ job: string }, unknown>({ script, size, deadlineMs, ...limits });

test("a warm child is used again", async () => {
  const one = pool(5_000);
  const first = await one.run(work, never);
  expect(first).toMatchObject({ kind: "answered" });
  expect(await one.run(work, never)).toEqual(first);
});

test("a child that is idle for long ends, and the next job gets another", async () => {
  const one = childPool<{ job: string }, unknown>({ script, size: 1, deadlineMs: 5_000, idleMs: 1, ...limits });
  const first = await one.run(work, never);
  await vi.waitFor(async () => expect(await one.run(work, never)).not.toEqual(first), { timeout: 20_000, interval: 50 });
});

test("a child that hangs is killed at the deadline and replaced", async () => {
  const one = pool(1_000);
  const before = await one.run(work, never);
  expect(await one.run({ job: "hang" }, never)).toEqual({ kind: "overdue" });
  const after = await one.run(work, never);
  expect(after).toMatchObject({ kind: "answered" });
  expect(after).not.toEqual(before);
});

test.each([
  ["crash", "crashed"],
  ["exit", "crashed"],
  ["grow", "out-of-memory"],
  ...(existsSync("/proc/self/statm") ? [["growOutside", "out-of-memory"]] : []),
])("a child that cannot go on (%s) has %s and is replaced", async (job, kind) => {
  const one = pool(20_000);
  expect(await one.run({ job }, never)).toEqual({ kind });
  expect(await one.run(work, never)).toMatchObject({ kind: "answered" });
});

test("an abort ends a running job and one that waits, and costs no other job anything", async () => {
  const one = pool(20_000);
  const stop = new AbortController();
  const running = one.run({ job: "hang" }, stop.signal);
  const waiting = one.run(work, stop.signal);
  const other = one.run(work, never);
  stop.abort();
  expect(await running).toEqual({ kind: "cancelled" });
  expect(await waiting).toEqual({ kind: "cancelled" });
  expect(await other).toMatchObject({ kind: "answered" });
  expect(await one.run(work, stop.signal)).toEqual({ kind: "cancelled" });
});

test("more jobs than children all get their turn", async () => {
  const two = pool(20_000, 2);
  const endings = await Promise.all(Array.from({ length: 20 }, () => two.run(work, never)));
  expect(endings.every((ending) => ending.kind === "answered")).toBe(true);
  expect(new Set(endings.map((ending) => ending.kind === "answered" && ending.result)).size).toBeLessThanOrEqual(2);
});

test("a child has no network and no environment, reads only our code, writes nothing and starts nothing", async () => {
  const denied = "ERR_ACCESS_DENIED";
  expect(await pool(5_000).run({ job: "denials" }, never)).toEqual({
    kind: "answered",
    result: {
      read: "allowed",
      readElsewhere: denied,
      write: denied,
      connect: denied,
      spawn: denied,
      env: expect.not.arrayContaining(["PATH", "HOME"]),
    },
  });
});

test("a script that cannot start says so", async () => {
  const broken = childPool({ script: new URL("./absent.mjs", import.meta.url), size: 1, deadlineMs: 1_000, ...limits });
  expect(await broken.run(work, never)).toEqual({ kind: "not-started", detail: "absent.mjs ended before it was ready (1)" });
});

test("without a descriptor left no child starts, neither a reader nor a sandbox, and this process goes on", async () => {
  const fixture = fileURLToPath(new URL("./out-of-descriptors.fixture.ts", import.meta.url));
  const { stdout } = await promisify(execFile)("/bin/sh", ["-c", 'ulimit -n 64; exec "$0" --no-warnings "$1"', process.execPath, fixture]);
  expect(JSON.parse(stdout)).toEqual({
    child: { kind: "not-started", detail: "EMFILE" },
    sandbox: { ok: false, reason: "crashed", detail: "The sandbox did not start: no descriptors are left" },
    page: { ok: false, reason: "crashed", detail: "its reader did not start: EMFILE" },
    file: { ok: false, reason: "crashed", detail: "its reader did not start: EMFILE" },
  });
});
