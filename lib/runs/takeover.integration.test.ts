import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { getRun } from "#db/queries/runs.ts";
import { livingWorkers } from "#db/queries/workers.ts";
import { type ChaosWorld, startChaosWorld } from "#e2e/support/chaos/chaos-world.ts";
import { checkHistory } from "#e2e/support/chaos/check-history.ts";
import { type LightOptions, type LightWorker, startLightWorker } from "#e2e/support/chaos/herd.ts";
import { storedHistory } from "#e2e/support/chaos/stored-history.ts";
import { watchLog } from "#e2e/support/chaos/watch-log.ts";
import { type Kernel, openKernel, viewer } from "#e2e/support/kernel.ts";
import type { Event } from "#lib/domain/event.ts";

let kernel: Kernel;
let world: ChaosWorld;
const workers: LightWorker[] = [];
beforeAll(async () => {
  kernel = await openKernel();
  await watchLog(kernel.db.sql);
  world = await startChaosWorld({ pieceMs: 40 });
});
afterEach(async () => {
  for (const worker of workers) worker.signal("SIGKILL");
  await Promise.all(workers.splice(0).map((worker) => worker.ended));
});
afterAll(async () => {
  await world.close();
  await kernel.close();
});

/** Begins at once, in the place of workers that have ended. */
async function start(options: Partial<LightOptions> = {}, replaces: string[] = []): Promise<LightWorker> {
  const worker = startLightWorker({ url: kernel.url, world: world.url, ...options });
  workers.push(worker);
  worker.go(replaces);
  await worker.ready;
  return worker;
}

const has = (type: Event["type"]) => (events: Event[]) => events.some((event) => event.type === type);
const starts = (events: Event[]) => events.filter((event) => event.type === "run-started").map((event) => event.worker);

/** The history of a run that has ended, by the checker's rules. */
async function violations(runId: string) {
  const asked = { modelCalls: world.modelCalls(runId), toolCalls: world.toolCalls(runId) };
  return checkHistory([{ id: runId, calls: 20, clients: [], submits: [], ...asked, ...(await storedHistory(kernel.db.sql, runId)) }]);
}

test("a frozen worker loses its run to another, writes nothing when it wakes, and goes on working", async () => {
  const frozen = await start({ concurrency: 1 });
  const run = await kernel.ask("Frozen?");
  await kernel.follow(run.id, has("text-appended"));
  frozen.signal("SIGSTOP");
  const other = await start({ concurrency: 1 });
  const log = await kernel.follow(run.id);
  expect(starts(log)).toEqual([frozen.id, other.id]);
  frozen.signal("SIGCONT");
  other.signal("SIGKILL");
  await other.ended;
  const next = await kernel.ask("Awake?");
  expect(starts(await kernel.follow(next.id))).toEqual([frozen.id]);
  expect(await kernel.log(run.id)).toEqual(log.filter((event) => event.type !== "text-appended"));
  expect(await violations(run.id)).toEqual([]);
}, 60_000);

test("a worker that is busy for longer than a frozen one is waited for keeps its run", async () => {
  const run = await kernel.ask("Busy?");
  const busy = await start({ concurrency: 1, breaks: { how: "busy", runId: run.id } });
  await kernel.follow(run.id, has("run-started"));
  await start({ concurrency: 1 });
  expect(starts(await kernel.follow(run.id))).toEqual([busy.id]);
}, 60_000);

test("when the workers' connections to the database break all at once, nobody takes another for dead", async () => {
  const [first, second] = [await start({ concurrency: 1 }), await start({ concurrency: 1 })];
  const runs = [await kernel.ask("One?"), await kernel.ask("Two?")];
  for (const run of runs) await kernel.follow(run.id, has("text-appended"));
  await kernel.db
    .sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name ~ '^(light-|dossier life)'`;
  const started = [];
  for (const run of runs) started.push(...starts(await kernel.follow(run.id)));
  expect(started.toSorted()).toEqual([first.id, second.id].toSorted());
  expect(await livingWorkers(kernel.db.sql)).toBe(2);
  for (const run of runs) expect(await violations(run.id)).toEqual([]);
}, 60_000);

test.each([
  ["a promise that nobody handles", "reject", []],
  ["a full heap", "heap", ["--max-old-space-size=48"]],
] as const)(
  "%s ends the worker, and the one in its place goes on with the run",
  async (_, how, nodeOptions) => {
    const run = await kernel.ask("What ends it?");
    const broken = await start({ breaks: { how, runId: run.id }, nodeOptions });
    await broken.ended;
    const heir = await start({}, [broken.id]);
    expect(starts(await kernel.follow(run.id))).toEqual([broken.id, heir.id]);
    expect(await getRun(kernel.db.sql, viewer, run.id)).toMatchObject({ status: "done" });
    expect(await violations(run.id)).toEqual([]);
  },
  60_000,
);

test("a run that kills three workers at the same place is set aside; one beside it that is slow, and died with them, comes to its end", async () => {
  const poison = await kernel.ask("Poison?");
  const beside = await kernel.ask("Beside?");
  const dead: string[] = [];
  const breaks = { how: "kill", runId: poison.id } as const;
  for (let n = 0; n < 3; n++) {
    const worker = await start({ breaks, slow: beside.id }, dead);
    await worker.ended;
    dead.push(worker.id);
  }
  await start({ breaks, slow: beside.id }, dead);
  const log = await kernel.follow(poison.id);
  expect(starts(log).slice(0, 3)).toEqual(dead);
  expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "failed", termination: "crashed repeatedly" });
  await kernel.follow(beside.id);
  expect(await getRun(kernel.db.sql, viewer, beside.id)).toMatchObject({ status: "done" });
}, 60_000);
