import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { insertCommand } from "#db/queries/commands.ts";
import { getRun } from "#db/queries/runs.ts";
import { strandedRuns } from "#db/queries/workers.ts";
import { type Kernel, noRetry, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedLanes } from "#e2e/support/scripted-lanes.ts";
import { type ScriptedModel, scriptedModel, type Turn } from "#e2e/support/scripted-model.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import type { Event, EventOf } from "#lib/domain/event.ts";
import { messagesIn } from "#lib/domain/reader-message.ts";
import type { Model, ModelDelta } from "#lib/model/model.ts";
import { commandReader } from "./command-reader.ts";
import { startLife } from "./life.ts";
import { pause } from "./pause.ts";
import { resume } from "./resume.ts";
import { steer } from "./steer.ts";
import { stop } from "./stop.ts";
import { startWorker, type Worker } from "./worker.ts";

let kernel: Kernel;
const workers: Worker[] = [];
beforeAll(async () => {
  kernel = await openKernel();
});
afterEach(() => leaveAll());
afterAll(() => kernel.close());

const leaveAll = () => Promise.all(workers.splice(0).map((worker) => worker.leave()));

async function startOne(model: Model, concurrency = 2, whenThere: () => Promise<void> = async () => {}): Promise<void> {
  const tools = [scriptedTool("search", () => "one result")];
  const id = `worker-${crypto.randomUUID()}`;
  workers.push(
    await startWorker({
      db: kernel.db,
      id,
      life: startLife(kernel.url, id),
      concurrency,
      furnish: async () => {
        await whenThere();
        return { model, tools, retry: noRetry };
      },
      log: () => {},
    }),
  );
}

const call = '<think>\nI search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["velsund"]}}\n</tool_call>';
const answer = "<think>\nThat is it.\n</think>\n<answer>\nNine metres.\n</answer>";

/** Says half a thought and then nothing, until its socket is closed; from the second time on it says the turn. */
function stuckOnce(turn: string): { turn: Turn; closed: Promise<unknown> } {
  const closed = Promise.withResolvers<unknown>();
  let first = true;
  return {
    closed: closed.promise,
    turn: async function* (_, signal): AsyncGenerator<ModelDelta> {
      yield { kind: "text", text: first ? "<think>\nhalf a th" : turn };
      if (first) {
        first = false;
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        closed.resolve(signal.reason);
        throw signal.reason;
      }
      yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
    },
  };
}

const isStreaming = (events: Event[]) => events.at(-1)?.type === "text-appended" && events.some(({ type }) => type === "tool-returned");
const ofType = <T extends Event["type"]>(events: Event[], type: T) => events.filter((event): event is EventOf<T> => event.type === type);
const statusOf = async (runId: string) => (await getRun(kernel.db.sql, viewer, runId))?.status;
const types = (events: Event[]) => events.map(({ type }) => type);

describe("pause and resume", () => {
  test("closes the model's socket, frees the place, and goes on in another worker with what was added meanwhile", async () => {
    const stuck = stuckOnce(answer);
    const model = scriptedModel([call, stuck.turn]);
    await startOne(model, 1);
    const run = await kernel.ask("How deep is Velsund harbour?");
    await kernel.follow(run.id, isStreaming);
    expect(await pause(kernel.db, viewer, run.id)).toMatchObject({ status: "paused" });
    await stuck.closed;
    const paused = await kernel.log(run.id);
    expect(paused.at(-1)).toMatchObject({ type: "run-paused" });
    // The only place of the worker is free: another run is answered while this one is paused.
    const other = await kernel.ask("How deep is Orlan harbour?");
    expect((await kernel.follow(other.id)).at(-1)).toMatchObject({ type: "run-ended", status: "done" });
    await leaveAll();
    expect(await strandedRuns(kernel.db.sql)).toEqual([]);
    await steer(kernel.db, viewer, run.id, { text: "Only in metres." });
    expect((await kernel.log(run.id)).length).toBe(paused.length + 1);
    await resume(kernel.db, kernel.queue, viewer, run.id);
    await resume(kernel.db, kernel.queue, viewer, run.id);
    await startOne(model);
    const log = await kernel.follow(run.id);
    expect(types(log).slice(paused.length)).toEqual([
      "message-queued",
      "run-resumed",
      "run-started",
      "message-delivered",
      "step-ended",
      "report-written",
      "run-ended",
    ]);
    expect(ofType(log, "message-delivered")).toMatchObject([{ lane: "main", step: 2 }]);
    expect(ofType(log, "step-ended").map(({ step }) => step)).toEqual([1, 2]);
    expect(messagesIn(promptsOf(model, "Velsund").at(-1)?.at(-1)?.content ?? "")).toEqual(["Only in metres."]);
  });

  test("of a queued run holds at once, and its stop and its finish need no worker to be alive", async () => {
    const [first, second] = [await kernel.ask("How deep?"), await kernel.ask("How wide?")];
    for (const { id } of [first, second]) {
      expect(await pause(kernel.db, viewer, id)).toMatchObject({ status: "paused" });
      expect(types(await kernel.log(id))).toEqual(["run-queued", "run-paused"]);
    }
    expect(await stop(kernel.db, kernel.queue, viewer, first.id, "now")).toMatchObject({ status: "stopped" });
    expect(types(await kernel.log(first.id))).toEqual(["run-queued", "run-paused", "stop-requested", "run-ended"]);
    expect(await stop(kernel.db, kernel.queue, viewer, second.id, "finish")).toMatchObject({ status: "queued" });
    await startOne(scriptedModel([answer]));
    const log = await kernel.follow(second.id);
    expect(ofType(log, "step-ended")).toMatchObject([{ forced: "request" }]);
    expect(log.at(-1)).toMatchObject({ type: "run-ended", termination: "generate an answer on request" });
  });
});

test("a run whose worker still waits for a model server stops at once, and nobody is asked", async () => {
  const model = scriptedModel([answer]);
  const waiting = Promise.withResolvers<void>();
  const there = Promise.withResolvers<void>();
  await startOne(model, 1, async () => {
    waiting.resolve();
    await there.promise;
  });
  const run = await kernel.ask("How deep?");
  await waiting.promise;
  expect(await stop(kernel.db, kernel.queue, viewer, run.id, "now")).toMatchObject({ status: "stopped" });
  there.resolve();
  await leaveAll();
  expect(types(await kernel.log(run.id))).toEqual(["run-queued", "stop-requested", "run-ended"]);
  expect(model.prompts).toEqual([]);
});

test("a run whose workers leave in order, one after the other in the same thought, is not taken for one that ends them", async () => {
  let asked = 0;
  const model = scriptedModel([
    async function* (_, signal): AsyncGenerator<ModelDelta> {
      yield { kind: "text", text: ++asked > 3 ? answer : "<think>\nhalf a th" };
      if (asked <= 3) await new Promise((_, leave) => signal.addEventListener("abort", () => leave(signal.reason)));
      yield { kind: "ended", finishReason: "stop", usage: null };
    },
  ]);
  const run = await kernel.ask("How deep?");
  for (let starts = 1; starts <= 3; starts++) {
    await startOne(model, 1);
    await kernel.follow(run.id, (log) => ofType(log, "run-started").length === starts && log.at(-1)?.type === "text-appended");
    await leaveAll();
  }
  await startOne(model, 1);
  expect((await kernel.follow(run.id)).at(-1)).toMatchObject({ type: "run-ended", status: "done" });
});

test("a run whose worker has left stops at once, also when no other has a place for it", async () => {
  const model = scriptedModel([stuckOnce(answer).turn]);
  await startOne(model, 1);
  const run = await kernel.ask("How deep?");
  await kernel.follow(run.id, (log) => log.at(-1)?.type === "text-appended");
  await leaveAll();
  expect(await stop(kernel.db, kernel.queue, viewer, run.id, "now")).toMatchObject({ status: "stopped" });
  expect(types(await kernel.log(run.id)).slice(-2)).toEqual(["stop-requested", "run-ended"]);
});

test("a worker that takes over a run which was told to stop asks nobody", async () => {
  const run = await kernel.ask("How deep?");
  await kernel.db.sql.begin((transaction) => insertCommand(transaction, run.id, { kind: "now" })); // heard by no worker: the one it was for has died
  const model = scriptedModel([answer]);
  await startOne(model);
  expect(types(await kernel.follow(run.id))).toContain("stop-requested");
  expect(await getRun(kernel.db.sql, viewer, run.id)).toMatchObject({ status: "stopped" });
  expect(model.prompts).toEqual([]);
});

test("a pause reaches the claim that it ends also when the same worker has the run again already", async () => {
  const run = await kernel.ask("How deep?");
  await kernel.claim(run.id);
  const commands = commandReader(kernel.db);
  const heard: string[] = [];
  const listen = (claim: string) => commands.listen(run.id, async ({ kind }) => void heard.push(`${claim} ${kind}`));
  const before = listen("old");
  await pause(kernel.db, viewer, run.id);
  const after = listen("new");
  await expect.poll(() => heard.toSorted()).toEqual(["new pause", "old pause"]);
  before.leave();
  after.leave();
  await stop(kernel.db, kernel.queue, viewer, run.id, "now");
});

test("what no worker writes is dated by the database, as what workers write is", async () => {
  const run = await kernel.ask("How deep?");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  try {
    await pause(kernel.db, viewer, run.id);
  } finally {
    vi.useRealTimers();
  }
  const [queued, paused] = (await kernel.log(run.id)).map(({ at }) => Date.parse(at));
  expect((paused ?? 0) - (queued ?? 0)).toBeLessThan(1_800_000);
});

describe("a message", () => {
  test("sent again under its key is one, is not sent under the key of another, and is refused where nobody would read it", async () => {
    const run = await kernel.ask("How deep?");
    const send = (text: string, lane?: string) => steer(kernel.db, viewer, run.id, { text, idempotencyKey: "k", ...(lane && { lane }) });
    const sent = await Promise.all([send("Only in metres."), send("Only in metres."), send("Only in metres.")]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    await expect(send("In feet.")).rejects.toMatchObject({ code: "conflict" });
    await expect(steer(kernel.db, viewer, run.id, { text: "x", lane: "researcher-1" })).rejects.toMatchObject({ field: "lane" });
    await stop(kernel.db, kernel.queue, viewer, run.id, "now");
    expect(await send("Only in metres.")).toEqual(sent[0]);
    await expect(steer(kernel.db, viewer, run.id, { text: "Late." })).rejects.toMatchObject({ code: "conflict" });
    expect(types(await kernel.log(run.id))).toEqual(["run-queued", "message-queued", "stop-requested", "run-ended"]);
  });

  test("to a Heavy run reaches every lane once before its next round, and the synthesis; to one lane that one", async () => {
    const lane = (n: number) => [{ report: `Report of ${n}.`, answer: "Nine metres." }];
    const model = scriptedLanes([lane(1), lane(2)], "<think>\nBoth.\n</think>\n<answer>\nNine metres.\n</answer>");
    const run = await kernel.askHeavy("How deep?", { lanes: 2 });
    await steer(kernel.db, viewer, run.id, { text: "All of you." });
    await steer(kernel.db, viewer, run.id, { text: "The second.", lane: "researcher-2" });
    await startOne(model);
    const log = await kernel.follow(run.id);
    const reached = ofType(log, "message-delivered").map(({ lane, messageId }) => `${lane} ${messageId}`);
    expect(new Set(reached).size).toBe(reached.length);
    const added = (n: number) => messagesIn(model.prompts.get(n)?.at(-1)?.[1]?.content ?? "");
    expect([added(1), added(2), added(0)]).toEqual([["All of you."], ["All of you.", "The second."], ["All of you."]]);
  });

  test("that comes while the last thought is thought is told as lost, not forgotten", async () => {
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const model = scriptedModel([
      async function* () {
        entered.resolve();
        await leave.promise;
        yield { kind: "text", text: answer };
        yield { kind: "ended", finishReason: "stop", usage: null };
      },
    ]);
    await startOne(model);
    const run = await kernel.ask("How deep?");
    await entered.promise;
    await steer(kernel.db, viewer, run.id, { text: "Late." });
    leave.resolve();
    const log = await kernel.follow(run.id);
    expect(types(log).filter((type) => type.startsWith("message") || type === "run-ended")).toEqual(["message-queued", "run-ended"]);
  });
});

/** A small generator, so that a failing order can be run again by its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("pause, resume, finish, stop, messages, fencing and the end, in any order, leave one consistent log and one end", {
  timeout: 60_000,
}, async () => {
  const runs = 24;
  const live = new Map<string, number>();
  const model = steppingModel(live, 6);
  await startOne(model, runs);
  await startOne(model, runs);
  await Promise.all(Array.from({ length: runs }, (_, index) => playThrough(index + 1)));

  async function playThrough(seed: number): Promise<void> {
    const next = random(seed);
    const run = await kernel.ask(`Question ${seed}, how deep?`);
    const sent: string[] = [];
    const commands = ["pause", "resume", "pause", "resume", "message", "message", "fence", "finish", "now"];
    for (let played = 0; played < 6; played++) {
      const events = Math.floor(next() * 4);
      const from = (await kernel.log(run.id)).length;
      // Lets the run get a little further, unless it cannot.
      if ((await statusOf(run.id)) === "running") await kernel.follow(run.id, (log) => log.length >= from + events);
      const given = Array.from({ length: 1 + Math.floor(next() * 2) }, () => commands[Math.floor(next() * commands.length)]);
      await Promise.all(given.map((command) => give(command, run.id, sent)));
    }
    await resume(kernel.db, kernel.queue, viewer, run.id);
    const log = await kernel.follow(run.id);
    expectConsistent(log, sent);
    expect(await getRun(kernel.db.sql, viewer, run.id)).toMatchObject({ status: ofType(log, "run-ended")[0]?.status });
    await expect.poll(() => live.get(String(seed)) ?? 0).toBe(0);
  }
});

async function give(command: string | undefined, runId: string, sent: string[]): Promise<void> {
  switch (command) {
    case "pause":
      await pause(kernel.db, viewer, runId);
      return;
    case "resume":
      await resume(kernel.db, kernel.queue, viewer, runId);
      return;
    case "message":
      await steer(kernel.db, viewer, runId, { text: "More." }).then(
        ({ id }) => sent.push(id),
        (error: { code?: string }) => expect(error.code).toBe("conflict"),
      );
      return;
    case "fence": // its worker was taken for dead
      await kernel.db.sql`update runs set epoch = epoch + 1 where id = ${runId} and status = 'running'`;
      return;
    case "finish":
    case "now":
      await stop(kernel.db, kernel.queue, viewer, runId, command);
      return;
  }
}

function expectConsistent(log: Event[], sent: readonly string[]): void {
  const seqs = log.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => one - other));
  expect(types(log).indexOf("run-ended")).toBe(log.length - 1);
  expect(ofType(log, "message-queued").map(({ messageId }) => messageId)).toEqual(
    [...sent].sort((one, other) => Number(one) - Number(other)),
  );
  const reached = ofType(log, "message-delivered").map(({ lane, messageId }) => `${lane} ${messageId}`);
  expect(new Set(reached).size).toBe(reached.length);
  const steps = ofType(log, "step-ended").map(({ step }) => step);
  expect(steps).toEqual(steps.map((_, index) => index + 1));
  const returned = ofType(log, "tool-returned").map(({ callId }) => callId);
  expect(new Set(returned).size).toBe(returned.length);
  let mayWork = false;
  for (const event of log) {
    if (event.type === "run-started") mayWork = true;
    if (event.type === "run-paused") mayWork = false;
    if (event.type === "step-ended" || event.type === "tool-called") expect(mayWork).toBe(true);
  }
  const told = log.findIndex((event) => event.type === "stop-requested" && event.kind === "now");
  if (told >= 0) expect(log.slice(told).filter(({ type }) => type === "step-ended" || type === "tool-called")).toEqual([]);
  expect(log.filter((event) => event.type === "stop-requested" && event.kind === "now").length).toBeLessThanOrEqual(1);
}

/** Calls a tool in each of so many steps, then answers; thinks in several portions, so that much can happen in between. */
function steppingModel(live: Map<string, number>, steps: number): Model {
  const scripted = scriptedModel([answer]);
  return {
    ...scripted,
    source: {
      async *complete({ messages }, signal) {
        const key = /Question (\d+)/.exec(messages[1]?.content ?? "")?.[1] ?? "";
        live.set(key, (live.get(key) ?? 0) + 1);
        try {
          const done = messages.filter(({ role }) => role === "assistant").length;
          const told = messages.at(-1)?.content.includes("<tool_response>") === false && done > 0;
          const text = done >= steps || told ? answer : call.replace("velsund", `velsund ${done}`);
          for (let from = 0; from < text.length; from += 20) {
            await new Promise(setImmediate);
            signal.throwIfAborted();
            yield { kind: "text", text: text.slice(from, from + 20) };
          }
          yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 10, completionTokens: 5 } };
        } finally {
          live.set(key, (live.get(key) ?? 1) - 1);
        }
      },
    },
  };
}

const promptsOf = (model: ScriptedModel, words: string) => model.prompts.filter((prompt) => prompt[1]?.content.includes(words));
