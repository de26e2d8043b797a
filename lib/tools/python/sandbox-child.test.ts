import { expect, test, vi } from "vitest";
import { shortened } from "./printed.ts";
import { type SandboxCommand, startSandbox } from "./sandbox-child.ts";
import { spareSandbox } from "./spare-sandbox.ts";

vi.setConfig({ testTimeout: 60_000 }); // a loaded machine takes its time to start a process

const never = new AbortController().signal;
const job = { code: "hello", files: [{ name: "a", bytes: Buffer.from("bytes") }], timeoutMs: 20_000, memoryMegabytes: 256 };

/** A child that says it is ready and does what a line of JavaScript says with its whole input. */
const child = (
  script: string,
  change: Partial<SandboxCommand> = {},
  taken = 'fs.writeSync(3, "taken"); fs.closeSync(3);',
): SandboxCommand => ({
  file: process.execPath,
  arguments: ["-e", `const fs = require("fs"); fs.writeSync(3, "ready"); const input = fs.readFileSync(0, "utf8"); ${taken} ${script}`],
  heldBytes: async () => 0,
  overheadMegabytes: 0,
  ...change,
});

test("a child is given the job in one piece", async () => {
  const answer = await startSandbox(child("process.stdout.write(input)")).run(job, never);
  const header = { timeoutMs: 20_000, memoryMegabytes: 256, codeBytes: 5, files: [{ name: "a", bytes: 5 }] };
  expect(answer).toMatchObject({ ok: true, value: { returnCode: 0, ended: "exited" } });
  expect(answer.ok && shortened(answer.value.stdout, 1_000)).toBe(`${JSON.stringify(header)}\nhellobytes`);
});

test.each([
  ["an exit code", "process.exit(3)", { returnCode: 3, ended: "exited" }],
  ["a signal", "process.kill(process.pid, 'SIGSEGV')", { returnCode: null, ended: "crashed" }],
  ["the code of a signal", "process.exit(139)", { returnCode: null, ended: "crashed" }],
  ["an error of memory", "console.error('MemoryError'); process.exit(1)", { returnCode: 1, ended: "out-of-memory" }],
  ["a hundred megabytes", "for (;;) fs.writeSync(1, 'x'.repeat(60000))", { returnCode: null, ended: "printed-too-much" }],
])("how it ended: %s", async (_, script, value) => {
  expect(await startSandbox(child(script)).run(job, never)).toMatchObject({ ok: true, value });
});

test("what it printed before its time was over is kept", async () => {
  const answer = await startSandbox(child("fs.writeSync(1, 'before'); for (;;);")).run({ ...job, timeoutMs: 500 }, never);
  expect(answer).toMatchObject({ ok: true, value: { ended: "timed-out", returnCode: null, stdout: { head: "before" } } });
});

test("it is ended when it holds too much", async () => {
  const greedy = child("for (;;);", { heldBytes: async () => 300_000_000 });
  expect(await startSandbox(greedy).run(job, never)).toMatchObject({ ok: true, value: { ended: "out-of-memory" } });
});

test("an abort ends it and is thrown", async () => {
  const stop = new AbortController();
  const heldBytes = async () => {
    stop.abort();
    return 0;
  };
  const running = startSandbox(child("for (;;);", { heldBytes })).run(job, stop.signal);
  await expect(running).rejects.toThrow();
  await expect(startSandbox(child("")).run(job, AbortSignal.abort())).rejects.toThrow();
});

test.each([
  ["is not there", { file: "/nowhere/at-all" }, "ENOENT"],
  ["ends at once", { arguments: ["-e", "console.error('no namespaces here'); process.exit(1)"] }, "no namespaces here"],
])("a sandbox that %s is no answer, and says why", async (_, change, why) => {
  const answer = await startSandbox(child("", change)).run(job, never);
  expect(answer).toMatchObject({ ok: false, reason: "crashed", detail: expect.stringContaining(why) });
});

test.each([
  [
    "no room",
    'fs.writeSync(3, "No space left on device"); process.exit(1);',
    "too-large",
    "The files could not be placed: No space left on device",
  ],
  ["no word", "process.exit(1);", "crashed", expect.stringContaining("before the script")],
  ["no end", "for (;;);", "timed-out", expect.stringContaining("before the script")],
])("files that could not be placed are no failure of the script: %s", async (_, taken, reason, detail) => {
  expect(await startSandbox(child("", {}, taken)).run({ ...job, timeoutMs: 2_000 }, never)).toEqual({ ok: false, reason, detail });
});

test("a spare is used once, and replaced when it died", async () => {
  let started = 0;
  const spare = spareSandbox(() => {
    started++;
    return startSandbox(child(""));
  });
  spare.refill();
  spare.refill();
  expect(started).toBe(1);
  const first = spare.take();
  expect(started).toBe(1);
  expect(await first.run(job, never)).toMatchObject({ ok: true });
  expect(first.isUsable()).toBe(false);
  const second = spare.take();
  expect(started).toBe(2);
  second.kill();
});
