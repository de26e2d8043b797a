import { execFile } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import PQueue from "p-queue";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { drawingScript } from "./drawing-script.fixture.ts";
import { jobFile } from "./job-file.fixture.ts";
import { allProbes } from "./probes/all-probes.fixture.ts";
import { type Canary, startCanary } from "./probes/outside.fixture.ts";
import { runProbe } from "./probes/run-probe.fixture.ts";
import { pyodide } from "./pyodide.ts";
import { confiningFlags, pyodideCommand, pyodideVersion } from "./pyodide-command.ts";
import { pyodideSnapshot } from "./pyodide-snapshot.ts";

vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 }); // the probes wait for one another

/** Each costs a second of a core; PYTHON_PROBES=all runs them all. */
const probes = process.env.PYTHON_PROBES === "all" ? allProbes : allProbes.filter((probe) => probe.always);

const never = new AbortController().signal;
const twoAtATime = new PQueue({ concurrency: 2 });
let canary: Canary;
let folder: string;
let snapshot: number;
beforeAll(async () => {
  process.env.PROBE_SECRET = "ESCAPED";
  canary = await startCanary();
  folder = await mkdtemp(join(tmpdir(), "pyodide-"));
  snapshot = openSync((await pyodideSnapshot(folder)) ?? "", "r");
});
afterAll(async () => {
  delete process.env.PROBE_SECRET;
  await canary.close();
  await rm(folder, { recursive: true });
});

test.concurrent.each(probes.map((probe) => [probe.name, probe] as const))("held in Pyodide: %s", (_, probe) =>
  twoAtATime.add(() => runProbe("pyodide", pyodideCommand("snapshot", snapshot), probe, canary)),
);

test("nobody came to the canary, and nothing was written", async () => {
  await twoAtATime.onIdle();
  expect(canary.visits()).toBe(0);
  expect(await canary.written()).toEqual([]);
});

test("what a script drew is given with its size, and nothing else that it left there", async () => {
  const code = drawingScript(["a.png", 4, 3], ["b.png", 30, 20]);
  const answer = await pyodide({ folder }).ask({ code, files: [], timeoutMs: 20_000, memoryMegabytes: 512 }, never);
  expect(answer?.ok && answer.value.figures.map(({ name, width, height }) => ({ name, width, height }))).toEqual([
    { name: "a.png", width: 4, height: 3 },
    { name: "b.png", width: 30, height: 20 },
  ]);
  expect(answer).toMatchObject({ ok: true, value: { returnCode: 0, stdout: { head: "drawn\n" } } });
});

test("a script that found the way to JavaScript would find nothing there", async () => {
  const reached = fileURLToPath(new URL("probes/javascript-reached.fixture.ts", import.meta.url));
  const flags = confiningFlags([reached, fileURLToPath(new URL("harden-process.ts", import.meta.url))]);
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, reached, String(canary.outside.CANARY_PORT)]);
  expect(stdout.trim().split("\n")).toHaveLength(18);
  expect(stdout).not.toContain("ESCAPED");
  expect(canary.visits()).toBe(0);
});

test("runs follow one another without anything in common", async () => {
  const provider = pyodide({ folder });
  const ask = async (code: string) => {
    const answer = await provider.ask({ code, files: [jobFile("a.csv", "1,2")], timeoutMs: 60_000, memoryMegabytes: 512 }, never);
    return answer?.ok ? answer.value.stdout.head : answer;
  };
  const code = "import os, random\nprint(os.listdir(), open('a.csv').read(), random.random())\nopen('left', 'w')\nopen('/tmp/left', 'w')";
  const [first, second] = [await ask(code), await ask(code)]; // the second in a spare
  expect(first).toMatch(/^\['a.csv'\] 1,2 0\.\d+\n$/);
  expect(second).toMatch(/^\['a.csv'\] 1,2 0\.\d+\n$/);
  expect(second).not.toBe(first);
  expect(
    await ask(
      "import asyncio, time\nasync def f():\n    await asyncio.sleep(0.01)\n    return 5\ntime.sleep(0.01)\nprint(asyncio.run(f()))",
    ),
  ).toBe("5\n");
});

test("a snapshot that fits no more costs time, not scripts", async () => {
  const broken = await mkdtemp(join(tmpdir(), "pyodide-"));
  await writeFile(join(broken, `pyodide-${pyodideVersion}.snapshot`), "no snapshot");
  const answer = await pyodide({ folder: broken }).ask({ code: "print(1)", files: [], timeoutMs: 60_000, memoryMegabytes: 512 }, never);
  expect(answer).toMatchObject({ ok: true, value: { stdout: { head: "1\n" } } });
  await rm(broken, { recursive: true });
});

test("a snapshot that cannot be opened costs time, not scripts, and is tried again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pyodide-"));
  const path = join(folder, `pyodide-${pyodideVersion}.snapshot`);
  const socket = createServer(); // root may open every file; a socket nobody
  await once(socket.listen(path), "listening");
  const provider = pyodide({ folder });
  const job = { code: "print(1)", files: [], timeoutMs: 60_000, memoryMegabytes: 512 };
  expect(await provider.ask(job, never)).toMatchObject({ ok: true, value: { stdout: { head: "1\n" } } });
  await promisify(socket.close.bind(socket))(); // and with it its path
  expect(await provider.ask(job, never)).toMatchObject({ ok: true, value: { stdout: { head: "1\n" } } });
  expect((await stat(path)).isFile()).toBe(true);
  await rm(folder, { recursive: true });
});
