import { spawnSync } from "node:child_process";
import PQueue from "p-queue";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bubblewrap } from "./bubblewrap.ts";
import { bubblewrapCommand } from "./bubblewrap-command.ts";
import { drawingScript } from "./drawing-script.fixture.ts";
import { jobFile } from "./job-file.fixture.ts";
import { allProbes } from "./probes/all-probes.fixture.ts";
import { type Canary, processesNamed, startCanary } from "./probes/outside.fixture.ts";
import { runProbe } from "./probes/run-probe.fixture.ts";
import { startSandbox } from "./sandbox-child.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 }); // the probes wait for one another

const never = new AbortController().signal;
const job = (code: string) => ({ code, files: [], timeoutMs: 20_000, memoryMegabytes: 512 });

const provider = bubblewrap();
/** Where it is installed it has to work; without PATH it is looked for as the sandbox's own process is. */
const isAbsent = spawnSync("bwrap", ["--version"], { env: { NODE_ENV: "production" } }).error !== undefined;

const twoAtATime = new PQueue({ concurrency: 2 });
let canary: Canary;
beforeAll(async () => {
  process.env.PROBE_SECRET = "ESCAPED";
  canary = await startCanary();
});
afterAll(async () => {
  delete process.env.PROBE_SECRET;
  await canary.close();
});

test.skipIf(isAbsent)("bubblewrap runs a script", async () => {
  expect(await provider.ask(job("print(6 * 7)"), never)).toMatchObject({
    ok: true,
    value: { stdout: { head: "42\n" }, returnCode: 0, ended: "exited" },
  });
});

test.skipIf(isAbsent)("what a script drew is given with its size, and nothing else that it left there", async () => {
  const answer = await provider.ask(job(drawingScript(["a.png", 4, 3], ["b.png", 30, 20])), never);
  expect(answer?.ok && answer.value.figures.map(({ name, width, height }) => ({ name, width, height }))).toEqual([
    { name: "a.png", width: 4, height: 3 },
    { name: "b.png", width: 30, height: 20 },
  ]);
  expect(answer).toMatchObject({ ok: true, value: { returnCode: 0, stdout: { head: "drawn\n" } } });
});

test.skipIf(isAbsent).concurrent.each(allProbes.map((probe) => [probe.name, probe] as const))("held in bubblewrap: %s", (_, probe) =>
  twoAtATime.add(() => runProbe("bubblewrap", bubblewrapCommand(), probe, canary)),
);

test.skipIf(isAbsent)("nobody came to the canary, nothing was written, and nothing runs on", async () => {
  await twoAtATime.onIdle();
  expect(canary.visits()).toBe(0);
  expect(await canary.written()).toEqual([]);
  expect(await processesNamed(`98765${canary.outside.NUMBER}`)).toEqual([]);
});

test.skipIf(isAbsent)("runs follow one another without anything in common", async () => {
  const ask = async (code: string) => {
    const answer = await provider.ask({ ...job(code), files: [jobFile("a b.csv", "1,2")] }, never);
    return answer?.ok ? answer.value.stdout.head : answer;
  };
  const code =
    "import os\nprint(os.listdir(), os.listdir('/tmp'), os.listdir('/dev/shm'), open('a b.csv').read())\nfor p in ('left', '/tmp/left', '/dev/shm/left'): open(p, 'w')";
  const expected = "['a b.csv'] ['main.py', 'work'] [] 1,2\n";
  expect([await ask(code), await ask(code), await ask(code)]).toEqual([expected, expected, expected]); // the later ones in spares
});

test.skipIf(isAbsent)("processes, threads and modules of its own work as in any Python", async () => {
  const code = `
import concurrent.futures as futures, multiprocessing, helper, sys
def double(x): return 2 * x
if __name__ == "__main__":
    with futures.ThreadPoolExecutor(8) as pool: print(sum(pool.map(double, range(10))))
    with futures.ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool: print(sum(pool.map(double, range(10))))
    with multiprocessing.Pool(2) as pool: print(sum(pool.map(double, range(10))))
    print(helper.value, __name__, sys.argv, __file__)`;
  const files = [jobFile("helper.py", "value = 7")];
  expect(await provider.ask({ ...job(code), files }, never)).toMatchObject({
    ok: true,
    value: { stdout: { head: "90\n90\n90\n7 __main__ ['/tmp/main.py'] /tmp/main.py\n" }, returnCode: 0 },
  });
});

test.skipIf(isAbsent)("files that do not fit on its disk are no failure of the script", async () => {
  const files = ["a", "b", "c", "d"].map((name) => ({ name, bytes: Buffer.alloc(70_000_000) }));
  expect(await startSandbox(bubblewrapCommand()).run({ ...job("print(1)"), memoryMegabytes: 1_024, files }, never)).toEqual({
    ok: false,
    reason: "too-large",
    detail: "The files could not be placed: No space left on device",
  });
});

test.skipIf(isAbsent)("an application among Python's folders is hidden", async () => {
  const folder = "/usr/lib/python3";
  const look = job(`import os\nprint(os.listdir("${folder}"), os.access("${folder}", os.W_OK))`);
  const printed = async (application: string) => {
    const answer = await startSandbox(bubblewrapCommand(application)).run(look, never);
    return answer.ok ? answer.value.stdout.head : answer;
  };
  expect(await printed("/opt/dossier")).not.toMatch(/^\[\]/);
  expect(await printed(folder)).toBe("[] False\n");
});

test.skipIf(isAbsent)("an abort ends it at once", async () => {
  const stop = new AbortController();
  const heldBytes = async () => {
    stop.abort();
    return 0;
  };
  await expect(startSandbox({ ...bubblewrapCommand(), heldBytes }).run(job("while True: pass"), stop.signal)).rejects.toThrow();
});

test.skipIf(isAbsent)("whatever a script prints, this process stays small", async () => {
  const before = process.memoryUsage().rss;
  await Promise.all([1, 2].map(() => provider.ask(job("import os\nwhile True: os.write(1, b'x' * 100000)"), never)));
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(150);
});
