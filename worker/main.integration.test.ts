import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { getRun } from "#db/queries/runs.ts";
import { livingWorkers } from "#db/queries/workers.ts";
import { faultProxy } from "#e2e/support/chaos/fault-proxy.ts";
import { type Kernel, openKernel, viewer } from "#e2e/support/kernel.ts";
import { type FakeModel, startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { startWorkerProcess, type WorkerProcess } from "#e2e/support/worker-process.ts";
import type { Event } from "#lib/domain/event.ts";
import { stop } from "#lib/runs/stop.ts";

let kernel: Kernel;
let corpus: string;
let model: FakeModel;
const workers: WorkerProcess[] = [];

const turns = [
  '<think>I look.</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["velsund harbour depth"]}}\n</tool_call>',
  '<think>I read.</think>\n<tool_call>\n{"name": "visit", "arguments": {"url": ["corpus://velsund.md"], "goal": "depth of the harbour"}}\n</tool_call>',
  `<think>${"I weigh it. ".repeat(60)}</think>\n<answer>The harbour of Velsund is nine metres deep.</answer>`,
];

beforeAll(async () => {
  kernel = await openKernel();
  corpus = await mkdtemp(join(tmpdir(), "dossier corpus "));
  await writeFile(
    join(corpus, "velsund.md"),
    "# Velsund\n\nVelsund is a town. The harbour of Velsund is nine metres deep. It was dredged in 1911.\n",
  );
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill("SIGKILL")));
  await model.close();
});
afterAll(async () => {
  await kernel.close();
  await rm(corpus, { recursive: true });
});

/**
 * The agent's turns by the conversation, the extractions by their prompt. The first time the last thought is asked for, it comes so slowly
 * that whatever is to happen in the middle of it does; the next time it comes at once.
 */
async function serve(): Promise<FakeModel> {
  let slow = true;
  return startFakeModel(({ messages }) => {
    if (messages[0]?.role !== "system") return { kind: "text", text: extraction };
    const index = messages.filter((message) => message.role === "assistant").length;
    if (index < turns.length - 1 || !slow) return { kind: "text", text: turns[index] ?? "" };
    slow = false;
    return { kind: "text", text: turns[index] ?? "", msPerToken: 500 };
  });
}

const extraction = '{"rational": "r", "evidence": "The harbour of Velsund is nine metres deep.", "summary": "Nine metres."}';

const startWorker = (...parameters: string[]) => startWorkerOn(kernel.url, parameters);

async function startWorkerOn(url: string, parameters: readonly string[] = []): Promise<WorkerProcess> {
  const settings = {
    DATABASE_URL: url,
    CORPUS_DIR: corpus,
    SEARCH_PROVIDERS: "corpus",
    MODEL_BASE_URL: model.url,
    MODEL_NAME: "fake",
    MODEL_DIALECT: "tongyi",
  };
  const worker = startWorkerProcess(settings, parameters);
  workers.push(worker);
  await worker.said(/takes runs/);
  return worker;
}

const lockHolders = async () => {
  const rows = await kernel.db.sql`
    select pid from pg_locks
    where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`;
  return rows.map((row) => row.pid);
};

const inTheLastThought = (events: Event[]) => count(events, "tool-returned") === 2 && events.at(-1)?.type === "text-appended";
const count = (events: Event[], type: Event["type"]) => events.filter((event) => event.type === type).length;

test("kill -9 in the middle of a thought: after a restart the run goes on from the last ended step and repeats no finished call", async () => {
  model = await serve();
  const first = await startWorker("--id=worker-first");
  const run = await kernel.ask("How deep is the harbour of Velsund?");
  await kernel.follow(run.id, inTheLastThought);
  await first.kill("SIGKILL");
  await startWorker("--id=worker-second", "--replaces=worker-first");
  const log = await kernel.follow(run.id);
  expect(count(log, "run-started")).toBe(2);
  expect(count(log, "tool-called")).toBe(2);
  expect(count(log, "tool-returned")).toBe(2);
  expect(log.filter((event) => event.type === "step-ended").map((event) => event.step)).toEqual([1, 2, 3]);
  expect(count(log, "run-ended")).toBe(1);
  expect(await getRun(kernel.db.sql, viewer, run.id)).toMatchObject({ status: "done", termination: "answer" });
});

test("a second worker takes over from a dead one by itself", async () => {
  model = await serve();
  const first = await startWorker();
  const run = await kernel.ask("How deep is the harbour of Velsund?");
  await kernel.follow(run.id, inTheLastThought);
  await startWorker();
  await first.kill("SIGKILL");
  const log = await kernel.follow(run.id);
  expect(count(log, "run-started")).toBe(2);
  expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "done" });
});

test("stop now reaches the worker and destroys the model's socket", async () => {
  model = await serve();
  await startWorker();
  const run = await kernel.ask("How deep is the harbour of Velsund?");
  await kernel.follow(run.id, inTheLastThought);
  const aborted = model.nextAbort();
  await stop(kernel.db, kernel.queue, viewer, run.id, "now");
  await aborted;
  expect((await kernel.follow(run.id)).at(-1)).toMatchObject({ type: "run-ended", status: "stopped" });
});

test("after an outage of the database the worker counts as alive again and works on", async () => {
  model = await serve();
  await startWorker();
  const run = await kernel.ask("How deep is the harbour of Velsund?");
  await kernel.follow(run.id, inTheLastThought);
  const [before] = await lockHolders();
  await kernel.db
    .sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await expect.poll(async () => (await lockHolders()).filter((pid) => pid !== before).length, { timeout: 15_000 }).toBe(1);
  expect(await livingWorkers(kernel.db.sql)).toBe(1);
  await stop(kernel.db, kernel.queue, viewer, run.id, "now");
  const log = await kernel.follow(run.id);
  expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "stopped" });
  expect(count(log, "run-started")).toBe(1);
});

test("SIGTERM gives the run back and ends the worker in order", async () => {
  model = await serve();
  const first = await startWorker();
  const run = await kernel.ask("How deep is the harbour of Velsund?");
  await kernel.follow(run.id, inTheLastThought);
  expect(await first.kill("SIGTERM")).toBe(0);
  await startWorker();
  expect((await kernel.follow(run.id)).at(-1)).toMatchObject({ type: "run-ended", status: "done" });
});

test("SIGTERM ends the worker within ten seconds while the database is away, and the run goes on in the next", async () => {
  model = await serve();
  const proxy = await faultProxy(kernel.url);
  onTestFinished(() => proxy.close());
  const first = await startWorkerOn(proxy.url);
  const run = await kernel.ask("How deep is the harbour of Velsund?");
  await kernel.follow(run.id, inTheLastThought);
  await proxy.down();
  const began = performance.now();
  await first.kill("SIGTERM");
  expect(performance.now() - began).toBeLessThan(10_000);
  await startWorker();
  expect((await kernel.follow(run.id)).at(-1)).toMatchObject({ type: "run-ended", status: "done" });
}, 60_000);

test("a run whose job was lost is brought to a worker again", async () => {
  model = await serve();
  const run = await kernel.ask("How deep is the harbour of Velsund?");
  await kernel.db.sql`delete from queue.job where data->>'runId' = ${run.id}`;
  await kernel.db.sql`update runs set created_at = now() - interval '1 minute' where id = ${run.id}`;
  await startWorker();
  expect(count(await kernel.follow(run.id, (events) => count(events, "run-started") === 1), "run-started")).toBe(1);
});
