import { expect, test } from "vitest";
import { type WorkerPool, workerPool } from "./worker-pool.ts";

/** A worker that does what its job says, well or badly. */
const script = new URL(`data:text/javascript,${encodeURIComponent(`
  import { parentPort, threadId } from "node:worker_threads";
  const grow = () => { const held = []; for (;;) held.push(new Array(1000).fill(held.length)); };
  parentPort.on("message", (job) => {
    if (job === "hang") for (;;);
    if (job === "crash") throw new Error("crash");
    if (job === "exit") process.exit(1);
    if (job === "grow") grow();
    parentPort.postMessage(threadId);
  });
  parentPort.postMessage("ready");
`)}`);
const never = new AbortController().signal;
const pool = (deadlineMs: number, size = 1): WorkerPool<string, number> =>
  workerPool(script, { size, deadlineMs, worker: { resourceLimits: { maxOldGenerationSizeMb: 16 } } });

test("a warm thread is used again", async () => {
  const one = pool(5_000);
  const first = await one.run("work", never);
  expect(first).toMatchObject({ kind: "answered" });
  expect(await one.run("work", never)).toEqual(first);
});

test("a thread that hangs is killed at the deadline and replaced", async () => {
  const one = pool(200);
  const before = await one.run("work", never);
  expect(await one.run("hang", never)).toEqual({ kind: "overdue" });
  const after = await one.run("work", never);
  expect(after).toMatchObject({ kind: "answered" });
  expect(after).not.toEqual(before);
});

test.each(["crash", "exit", "grow"])("a thread that ends by itself (%s) is replaced", async (job) => {
  const one = pool(20_000);
  expect(await one.run(job, never)).toEqual({ kind: "crashed" });
  expect(await one.run("work", never)).toMatchObject({ kind: "answered" });
}, 30_000);

test("an abort ends a running job and one that waits, and costs no other job anything", async () => {
  const one = pool(20_000);
  const stop = new AbortController();
  const running = one.run("hang", stop.signal);
  const waiting = one.run("work", stop.signal);
  const other = one.run("work", never);
  stop.abort();
  expect(await running).toEqual({ kind: "cancelled" });
  expect(await waiting).toEqual({ kind: "cancelled" });
  expect(await other).toMatchObject({ kind: "answered" });
  expect(await one.run("work", stop.signal)).toEqual({ kind: "cancelled" });
});

test("more jobs than threads all get their turn", async () => {
  const two = pool(20_000, 2);
  const endings = await Promise.all(Array.from({ length: 20 }, () => two.run("work", never)));
  const threads = new Set(endings.map((ending) => ending.kind === "answered" && ending.result));
  expect(threads.size).toBeLessThanOrEqual(2);
  expect(threads).not.toContain(false);
});

test("a script that cannot start is an error of ours, not of the page", async () => {
  const broken = workerPool(new URL("data:text/javascript,nonsense("), { size: 1, deadlineMs: 1_000, worker: {} });
  await expect(broken.run("work", never)).rejects.toThrow(SyntaxError);
});
