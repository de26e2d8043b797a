import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#db/client.ts";
import { isOutage } from "#db/is-outage.ts";
import { claimRun } from "#db/queries/runs.ts";
import { createSession } from "#db/queries/sessions.ts";
import { openQueue } from "#db/queue.ts";
import { type FaultProxy, faultProxy } from "#e2e/support/chaos/fault-proxy.ts";
import { type Kernel, manualStops, openKernel, openKernelOn, viewer } from "#e2e/support/kernel.ts";
import { scriptedModel } from "#e2e/support/scripted-model.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import type { Model, ModelDelta } from "#lib/model/model.ts";
import { ask } from "./ask.ts";
import { eventWriter, Fenced } from "./event-writer.ts";
import { finish } from "./finish.ts";
import { tail } from "./tail.ts";
import { work } from "./work.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

async function open() {
  const proxy = await faultProxy(kernel.url);
  const db = openDatabase(proxy.url, { connections: 4, patience: { retryMs: 10, silentMs: 300, connectMs: 300 } });
  onTestFinished(async () => {
    await proxy.close();
    void db.end(); // the driver waits two seconds for a connection that broke
  });
  return { proxy, db };
}
const usage = { calls: 1, promptTokens: 0, completionTokens: 0, cachedTokens: 0 };
const end = { status: "done", termination: "answer", usage, report: null } as const;
const typesOf = async (runId: string) => (await kernel.log(runId)).map(({ type }) => type);

test("a run whose last commit was not acknowledged ends once", async () => {
  const { proxy, db } = await open();
  const run = await kernel.ask("End once");
  const claim = await kernel.claim(run.id);
  const lost = proxy.loseAnswerTo(/^commit$/);
  await finish(db.sql, { ...claim, ...end, lastSeq: 1 });
  await lost;
  expect(await typesOf(run.id)).toEqual(["run-queued", "run-ended"]);
});

test("a run that ends while the database is away ends when it is back; one that another took does not", async () => {
  const { proxy, db } = await open();
  const [mine, theirs] = [await kernel.ask("Mine"), await kernel.ask("Theirs")];
  const claims = [await kernel.claim(mine.id), await kernel.claim(theirs.id)] as const;
  await kernel.claim(theirs.id);
  await proxy.down();
  const ending = claims.map((claim) => finish(db.sql, { ...claim, ...end, lastSeq: 1 }).catch((error: unknown) => error));
  await proxy.up();
  expect(await Promise.all(ending)).toEqual([undefined, expect.any(Fenced)]);
  expect(await typesOf(mine.id)).toEqual(["run-queued", "run-ended"]);
  expect(await typesOf(theirs.id)).toEqual(["run-queued"]);
});

test("a claim that was not acknowledged is made again, but not over another worker's", async () => {
  const { proxy, db } = await open();
  const run = await kernel.ask("Claim once");
  const holder = { workerId: "w1", jobId: crypto.randomUUID(), jobRetry: 0 };
  const lost = proxy.loseAnswerTo(/update runs set epoch/);
  expect(isOutage(await claimRun(db.sql, run.id, holder).catch((error: unknown) => error))).toBe(true);
  await lost;
  expect(await claimRun(db.sql, run.id, holder, { again: true })).toMatchObject({ epoch: 2 });
  expect(await claimRun(db.sql, run.id, { ...holder, workerId: "w2", jobRetry: 1 })).toMatchObject({ epoch: 3 });
  expect(await claimRun(db.sql, run.id, holder, { again: true })).toBeNull();
});

test("a question whose acceptance was not acknowledged is one run with one job, however often it is sent again", async () => {
  const { proxy, db } = await open();
  const queue = await openQueue(db.queue, "sender");
  onTestFinished(() => queue.stop({ graceful: false }));
  const session = await createSession(kernel.db, viewer, "");
  const question = {
    sessionId: session.id,
    question: "Once",
    mode: "react",
    budget: { calls: 1, minutes: 1 },
    idempotencyKey: crypto.randomUUID(),
  } as const;
  const lost = proxy.loseAnswerTo(/^commit$/);
  expect(isOutage(await ask(db, queue, viewer, question).catch((error: unknown) => error))).toBe(true);
  await lost;
  const runs = await Promise.all([1, 2, 3].map(() => ask(db, queue, viewer, question)));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  const jobs = await kernel.db.sql`select from queue.job where name = 'runs' and data->>'runId' = ${runs[0]?.id ?? ""}`;
  expect(jobs).toHaveLength(1);
});

const turns = [
  '<think>\nI search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["a"]}}\n</tool_call>',
  '<think>\nI search more.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["b"]}}\n</tool_call>',
  "<think>\nDone.\n</think>\n<answer>\nForty-two.\n</answer>",
];

/** Calls `at` when so many turns have begun. */
function interrupted(model: Model, at: (turn: number) => Promise<void>): Model {
  let turn = 0;
  const { complete } = model.source;
  return {
    ...model,
    source: {
      ...model.source,
      async *complete(request, signal, onSilence) {
        await at(++turn);
        yield* complete(request, signal, onSilence);
      },
    },
  };
}

test.each([
  ["refuses", (proxy: FaultProxy) => proxy.down(), (proxy: FaultProxy) => proxy.up()],
  [
    "swallows everything",
    async (proxy: FaultProxy) => {
      proxy.faults.isBlackhole = true;
    },
    async (proxy: FaultProxy) => {
      proxy.faults.isBlackhole = false;
    },
  ],
])(
  "a database that %s in the middle of every step makes the run wait: nothing is asked, called or written twice",
  async (_, begin, back) => {
    const { proxy, db } = await open();
    const calls: string[] = [];
    const scripted = scriptedModel(turns);
    const outages: Promise<void>[] = [];
    const model = interrupted(scripted, async () => {
      await begin(proxy);
      // As long as it takes until the writer has met the outage: then it ends by itself.
      outages.push(met.promise.then(() => back(proxy)));
    });
    let met = Promise.withResolvers<void>();
    const writer = eventWriter(db.sql, {
      onTrouble: () => met.resolve(),
      onRecovery: () => {
        met = Promise.withResolvers();
      },
    });
    const tools = [
      scriptedTool("search", (input) => {
        calls.push(JSON.stringify(input));
        return "one result";
      }),
    ];
    const run = await kernel.ask("Through outages");
    await work({ ...kernel.shop({ model, tools }), sql: db.sql, writer }, await kernel.claim(run.id), manualStops());
    await Promise.all(outages);
    expect(outages).toHaveLength(3);
    const log = await kernel.log(run.id);
    expect(log.filter(({ type }) => type === "run-started")).toHaveLength(1);
    expect(log.filter(({ type }) => type === "step-ended")).toHaveLength(3);
    expect(calls).toHaveLength(2);
    expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "done" });
  },
);

test("while the log takes nothing, a model's stream is not read on; stopped then, its run lets go of it", async () => {
  const { proxy, db } = await open();
  let read = 0;
  let released = false;
  async function* endless(): AsyncGenerator<ModelDelta> {
    try {
      for (;;) {
        read += 1;
        if (read === 10) await proxy.down();
        yield { kind: "text", text: `w${read} `.repeat(20) };
      }
    } finally {
      released = true;
    }
  }
  const full = Promise.withResolvers<void>();
  const plain = eventWriter(db.sql, { mostWaitingBytes: 5_000 });
  const writer: typeof plain = {
    ...plain,
    room() {
      const room = plain.room();
      if (room) full.resolve();
      return room;
    },
  };
  const run = await kernel.ask("Say a lot");
  const stops = manualStops();
  const shop = { ...kernel.shop({ model: scriptedModel([() => endless()]), tools: [] }), sql: db.sql, writer };
  const working = work(shop, await kernel.claim(run.id), stops).catch((error: unknown) => error);
  await full.promise;
  const readThen = read;
  await kernel.log(run.id); // the time of a round to the database: a stream that nobody holds would have gone on
  expect(read).toBe(readThen);
  expect(read).toBeLessThan(200);
  const stopping = stops.command("now");
  await proxy.up();
  await stopping;
  await working;
  expect(released).toBe(true);
  expect((await kernel.log(run.id)).at(-1)).toMatchObject({ type: "run-ended", status: "stopped" });
});

test("a notification that is lost holds a reader up by two seconds at most", async () => {
  const proxy = await faultProxy(kernel.url);
  const deaf = await openKernelOn({ url: proxy.url, drop: proxy.close });
  const run = await kernel.ask("Follow me");
  const claim = await kernel.claim(run.id);
  const writer = eventWriter(kernel.db.sql);
  const reading = tail(deaf.db.sql, deaf.hub, run.id, 1, new AbortController().signal);
  const say = (seq: number) =>
    writer.append({
      runId: run.id,
      epoch: claim.epoch,
      seq,
      type: "tool-called",
      at: new Date().toISOString(),
      data: { lane: "main", step: 1, callId: `main-${seq}`, tool: "search", arguments: {} },
    });
  const first = reading.next();
  await say(2);
  await first; // heard, or read as it joined: from here on it is live
  const second = reading.next();
  await say(3);
  await second;
  proxy.faults.swallowsNotifications = true;
  const third = reading.next();
  const began = performance.now();
  await say(4);
  expect((await third).value?.map(({ seq }: { seq: number }) => seq)).toEqual([4]);
  console.log(`read ${Math.round(performance.now() - began)} ms after it was written, ${proxy.swallowed()} notifications lost`);
  expect(proxy.swallowed()).toBeGreaterThan(0);
  await deaf.close();
});
