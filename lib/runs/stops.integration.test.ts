import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Kernel, manualStops, openKernel } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { type FakeModel, type Reply, startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import type { Event } from "#lib/domain/event.ts";
import type { Run } from "#lib/domain/run.ts";
import { parseEnv } from "#lib/env.ts";
import { chooseModel, openModels } from "#lib/model/choose.ts";
import type { Model } from "#lib/model/model.ts";
import { PausedByReader } from "./not-ours.ts";
import { retryPolicy } from "./retry-policy.ts";
import { type Workshop, work } from "./work.ts";

let kernel: Kernel;
const open: { close(): void | Promise<void> }[] = [];
beforeAll(async () => {
  kernel = await openKernel();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
afterAll(() => kernel.close());

const fact = "The harbour at Velsund was dredged to nine metres in 1911.";
const research = [
  '<think>\nI search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["velsund"]}}\n</tool_call>',
  '<think>\nI read it.\n</think>\n<tool_call>\n{"name": "visit", "arguments": {"url": "https://site.example/a", "goal": "depth"}}\n</tool_call>',
  `<think>\nThat is it.\n</think>\n<answer>\n${fact} [1] Dredging made that harbour nine metres deep in 1911 [1].\n</answer>`,
];
const stuck: Reply = { kind: "stall", text: "<think>\nI weigh it" };

/** A model over a server that does its research and then, from request number `from` on, what `reply` says. */
async function serve(from: number, reply: Reply): Promise<{ server: FakeModel; model: Model }> {
  const server = await startFakeModel((_, index) => (index >= from ? reply : { kind: "text", text: research[index] ?? "" }), {
    name: "fake",
  });
  const parsed = parseEnv({ MODEL_BASE_URL: server.url, MODEL_NAME: "fake", MODEL_DIALECT: "tongyi" });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const house = openModels(parsed.env, { checkEveryMs: 20, patience: { noticeMs: 20, stallMs: 60_000 } });
  open.push(house, server);
  const who = { key: "k", priority: 0, dialect: null };
  return { server, model: await chooseModel(parsed.env, house, who, null, new AbortController().signal) };
}

interface State {
  from: number;
  reply: Reply;
  ask?: () => Promise<Run>;
  shop?: Partial<Workshop>;
  /** Requests that are open when the stop comes. */
  live: number;
  reached?: (log: Event[]) => boolean;
  /** What of the answer is kept. */
  report?: boolean;
}
const stalled = (event: Event) => event.type === "text-appended" || event.type === "model-silent";
const inLane = (lane: string) => (log: Event[]) => log.some((event) => stalled(event) && "lane" in event && event.lane === lane);

const states: Record<string, State> = {
  "a thought streams": { from: 0, reply: { kind: "text", text: "I weigh it. ".repeat(500), msPerToken: 20 }, live: 1 },
  "the model is silent in a thought": {
    from: 1,
    reply: stuck,
    live: 1,
    reached: (log) => log.some((event) => event.type === "model-silent" && event.step === 2), // a slow machine is silent in the first
  },
  "the model has not begun to answer": {
    from: 0,
    reply: { kind: "hang" },
    live: 1,
    reached: (log) => log.some(({ type }) => type === "model-silent"),
  },
  "four lanes think": {
    from: 0,
    reply: stuck,
    ask: () => kernel.askHeavy("How deep?", { lanes: 4 }),
    live: 4,
    reached: (log) => [1, 2, 3, 4].every((n) => inLane(`researcher-${n}`)(log)),
  },
  "the report is written": { from: 3, reply: stuck, shop: { writesReports: true }, live: 1, reached: inLane("writer"), report: true },
  "sentences are compared": { from: 3, reply: stuck, shop: { judgesClaims: true }, live: 1, reached: inLane("judge"), report: true },
};

test.each(Object.entries(states))("stop now while %s: every socket is destroyed, and nothing is asked any more", async (_, state) => {
  const { server, model } = await serve(state.from, state.reply);
  const { stops, run, working } = await begin(model, state);
  expect(server.requests.length - server.finished).toBe(state.live);
  const asked = server.requests.length;
  await stops.command("now");
  await working;
  await expect.poll(() => server.aborted).toBe(state.live);
  expect([server.live(), server.requests.length]).toEqual([0, asked]);
  const log = await kernel.log(run.id);
  expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "stopped" });
  expect(log.some(({ type }) => type === "report-written")).toBe(state.report ?? false);
});

test("a pause closes them as well, and leaves what was done to whoever resumes", async () => {
  const { server, model } = await serve(0, stuck);
  const { stops, working } = await begin(model, { from: 0, reply: stuck, live: 1 });
  const ended = expect(working).rejects.toBeInstanceOf(PausedByReader);
  await stops.command("pause");
  await ended;
  await expect.poll(() => server.aborted).toBe(1);
});

test("a tool that does not heed its abort holds neither the lane nor the run", async () => {
  const { server, model } = await serve(3, stuck);
  const called = Promise.withResolvers<void>();
  const deaf = scriptedTool("search", () => {
    called.resolve();
    return new Promise<string>(() => {});
  });
  const { stops, run, working } = await begin(model, { from: 3, reply: stuck, live: 0, shop: { tools: [deaf] }, reached: () => true });
  await called.promise;
  await stops.command("now");
  await working;
  expect(server.requests).toHaveLength(1);
  expect((await kernel.log(run.id)).at(-1)).toMatchObject({ type: "run-ended", status: "stopped" });
});

test.each(["now", "finish"] as const)("%s while no model server is there does not wait for one", async (kind) => {
  const { server, model } = await serve(2, stuck);
  await server.down();
  const waits: number[] = [];
  const { stops, run, working } = await begin(
    {
      ...model,
      async whenBack(withinMs, signal) {
        waits.push(withinMs);
        return (await model.whenBack?.(withinMs, signal)) ?? true;
      },
    },
    {
      from: 2,
      reply: stuck,
      live: 0,
      shop: { retry: retryPolicy(() => 0), finishWaitMs: 50 },
      reached: (log) => log.some((event) => event.type === "model-failed" && event.untilBack === true),
    },
  );
  await stops.command(kind);
  await working;
  expect(waits).toEqual([15 * 60_000]);
  const end = kind === "now" ? { status: "stopped" } : { status: "failed", termination: "model unavailable" };
  expect((await kernel.log(run.id)).at(-1)).toMatchObject({ type: "run-ended", ...end });
});

async function begin(model: Model, { ask = () => kernel.ask("How deep?"), shop = {}, reached = (log) => log.some(stalled) }: State) {
  const run = await ask();
  const stops = manualStops();
  const tools = [scriptedTool("search", () => "one result"), sourcedVisit(() => `Velsund is a town. ${fact} It has a church.`)];
  const working = work(kernel.shop({ model, tools, ...shop }), await kernel.claim(run.id), stops);
  working.catch(() => {}); // awaited by the test
  await kernel.follow(run.id, reached);
  return { stops, run, working };
}
