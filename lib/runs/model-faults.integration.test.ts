import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { type FakeModel, type FakeModelOptions, type Reply, type Script, startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import type { Event, EventOf } from "#lib/domain/event.ts";
import type { WhenFull } from "#lib/domain/run.ts";
import { runView } from "#lib/domain/run-view.ts";
import { parseEnv } from "#lib/env.ts";
import { chooseModel, type ModelHouse, openModels } from "#lib/model/choose.ts";
import type { Model } from "#lib/model/model.ts";
import type { Tool } from "#lib/tools/tool.ts";
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

async function serve(script: Script, options: FakeModelOptions = {}): Promise<FakeModel> {
  const server = await startFakeModel(script, { name: "fake", ...options });
  open.push(server);
  return server;
}

const searching = '<think>\nI search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["velsund"]}}\n</tool_call>';
const answering = "<think>\nThat is it.\n</think>\n<answer>\nNine metres.\n</answer>";
const turns: Script = ({ messages }) => ({ kind: "text", text: [searching][assistants(messages)] ?? answering });
const assistants = (messages: { role: string }[]) => messages.filter((message) => message.role === "assistant").length;

/** The turns, but the n-th request of all is answered as `wrong` says. */
function turnsBut(n: number, wrong: Reply): Script {
  let asked = 0;
  return (chat, index) => (++asked === n ? wrong : turns(chat, index));
}

/** A model as a worker has it, over these servers. */
async function modelOver(
  servers: FakeModel[],
  settings: Record<string, string> = {},
  key = "k",
): Promise<{ model: Model; house: ModelHouse }> {
  const parsed = parseEnv({
    MODEL_BASE_URL: servers.map((server) => server.url).join(","),
    MODEL_NAME: "fake",
    MODEL_DIALECT: "tongyi",
    ...settings,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const house = openModels(parsed.env, { checkEveryMs: 20, patience });
  open.push(house);
  return { house, model: await chooseModel(parsed.env, house, { key, priority: 0, dialect: null }, null, new AbortController().signal) };
}
const patience = { noticeMs: 50, stallMs: 250 };

const search = () => scriptedTool("search", () => "one result");
/** Retries as in production, without the seconds between. */
const quickly: Workshop["retry"] = (failure, attempt) => {
  const next = retryPolicy(() => 0)(failure, attempt);
  if (next.kind === "when-back") return { ...next, withinMs: 20_000 };
  return next.kind === "again" ? { ...next, inMs: Math.min(next.inMs, 10) } : next;
};

async function run(
  model: Model,
  options: { tools?: Tool[]; budget?: { calls: number; minutes: number }; whenFull?: WhenFull } & Pick<Workshop, "clock"> = {},
) {
  const asked = await kernel.ask("How deep is Velsund harbour?", options.budget, options.whenFull);
  const { tools = [search()], clock } = options;
  await work(kernel.shop({ model, tools, retry: quickly, ...(clock && { clock }) }), await kernel.claim(asked.id), manualStops());
  const ended = await getRun(kernel.db.sql, viewer, asked.id);
  return { log: await kernel.log(asked.id), ended, report: await getReport(kernel.db, viewer, ended?.reportId ?? "") };
}
const of = <T extends Event["type"]>(log: Event[], type: T) => log.filter((event): event is EventOf<T> => event.type === type);
const reasons = (log: Event[]) => of(log, "model-failed").map((event) => event.reason);
const done = { status: "done", termination: "answer" };

describe("row 10: a server that fails", () => {
  test.each([500, 502, 503])("%i: each try is a fact, and the run goes on", async (status) => {
    const server = await serve(turns);
    const { model } = await modelOver([server]);
    server.statusFor(1, status);
    const { log, ended } = await run(model);
    expect(reasons(log)).toEqual(["server-error"]);
    expect(ended).toMatchObject(done);
  });

  test("another server is asked first, without a pause", async () => {
    const servers = [await serve(turns), await serve(turns)];
    const { model, house } = await modelOver(servers);
    const own = servers.find((server) => server.url === house.main?.serverFor("k")?.baseUrl);
    own?.statusFor(1, 500);
    const { log, ended } = await run(model);
    expect(of(log, "model-failed")).toMatchObject([{ attempt: 1, reason: "server-error", retryInMs: 0 }]);
    expect(own?.requests.length).toBe(1);
    expect(ended).toMatchObject(done);
  });

  test("one that fails without end is given up after as many tries as the policy has, with what there is", async () => {
    const server = await serve(() => ({ kind: "status", status: 500, message: "boom" }));
    const { model } = await modelOver([server]);
    const { log, ended } = await run(model);
    expect(server.requests.length).toBeLessThanOrEqual(10);
    expect(of(log, "model-failed").at(-1)).toMatchObject({ retryInMs: null });
    expect(ended).toMatchObject({ status: "failed", termination: "model unavailable" });
  });
});

test("row 11: 429 is waited out as long as the server asks, and asked once more, not a storm", async () => {
  const server = await serve(turns);
  const { model } = await modelOver([server]);
  server.statusFor(1, 429, { "retry-after": "1" });
  const asked = await kernel.ask("How deep?");
  const waits: number[] = [];
  const retry: Workshop["retry"] = (failure, attempt) => {
    const next = retryPolicy()(failure, attempt);
    if (next.kind === "again") waits.push(next.inMs);
    return next;
  };
  await work(kernel.shop({ model, tools: [search()], retry }), await kernel.claim(asked.id), manualStops());
  expect(waits).toEqual([1_000]);
  expect(server.requests).toHaveLength(3);
  expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject(done);
});

describe("row 12: a server that says nothing", () => {
  test("a freeze in the middle of a thought is told, tolerated, and no try is lost", async () => {
    const server = await serve((chat, index) => ({
      ...(turns(chat, index) as Reply & { kind: "text" }),
      freeze: { afterTokens: 3, ms: 200 },
    }));
    const { model } = await modelOver([server]);
    const { log, ended } = await run(model);
    expect(reasons(log)).toEqual([]);
    expect(of(log, "model-silent")[0]).toMatchObject({ step: 1, running: 1, waiting: 0 });
    expect(ended).toMatchObject(done);
    const until = log.findIndex((event) => event.type === "model-silent");
    expect(runView(log.slice(0, until + 1)).rows.at(-1)).toMatchObject({ state: "thinking", silence: { running: 1, waiting: 0 } });
    expect(runView(log).rows.at(-1)).toMatchObject({ silence: null });
  });

  test("a true stall is given up, and the next try goes to another server", async () => {
    const stalling = await serve(() => ({ kind: "stall", text: "<think>half a tho" }));
    const servers = [stalling, await serve(turns)];
    const key = await keyFor(servers, stalling);
    const { model } = await modelOver(servers, {}, key);
    const { log, ended } = await run(model);
    expect(reasons(log)[0]).toBe("stalled");
    expect(stalling.aborted).toBeGreaterThan(0);
    expect(of(log, "step-ended")[0]?.thought).toBe("I search.");
    expect(ended).toMatchObject(done);
  });
});

/** A key whose lane prefers this server. */
async function keyFor(servers: FakeModel[], wanted: FakeModel): Promise<string> {
  for (let index = 0; ; index++) {
    const { house } = await modelOver(servers, {}, `k${index}`);
    if (house.main?.serverFor(`k${index}`)?.baseUrl === wanted.url) return `k${index}`;
  }
}

describe("rows 13 and 14: what is no whole answer", () => {
  test.each<[string, Reply, string]>([
    ["half a stream", { kind: "cut", text: "<think>half a tho" }, "cut-off"],
    ["an error inside the stream", { kind: "stream-error", text: "<think>half", message: "EngineCore died" }, "server-error"],
    ["an HTML page", { kind: "garbage", body: "<!doctype html><h1>502 Bad Gateway</h1>" }, "nonsense"],
    ["broken JSON", { kind: "garbage", body: 'data: {"choices": [NaN\n\n' }, "nonsense"],
    ["a line without end", { kind: "garbage", body: `data: ${"x".repeat(1_100_000)}` }, "nonsense"],
    ["nothing", { kind: "text", text: "" }, "empty"],
  ])("%s is told, its text is void, and the step is thought again", async (_, wrong, reason) => {
    const { model } = await modelOver([await serve(turnsBut(1, wrong))]);
    const { log, ended } = await run(model);
    expect(reasons(log)).toEqual([reason]);
    expect(of(log, "step-ended")[0]?.raw).toBe(searching);
    expect(of(log, "text-appended")).toEqual([]);
    expect(ended).toMatchObject(done);
  });
});

describe("row 15: a prompt that is too long", () => {
  const long = () => scriptedTool("search", () => `${"A long observation. ".repeat(400)}`);

  test("in a window of 4,096 the answer is asked for, and the run ends with it", async () => {
    const server = await serve(turns, { window: 4_096 });
    const { model } = await modelOver([server]);
    expect(model.card.window).toBe(4_096);
    const { ended, log } = await run(model, { tools: [long()] });
    expect(ended).toMatchObject({ status: "done", termination: "generate an answer as token limit reached" });
    expect(of(log, "tool-returned")[0]?.outcome.text).toContain("A long observation. A long observation.");
  });

  test("a server that refuses what it was thought to take is asked for an answer to less, and never in a loop", async () => {
    const server = await serve(turns, { window: 4_096 });
    const { model } = await modelOver([server]);
    const { ended, log } = await run(
      { ...model, card: { ...model.card, window: null }, windowNow: () => null, ...withoutCount },
      { tools: [long()] },
    );
    expect(reasons(log)[0]).toBe("context-overflow");
    expect(server.requests.length).toBeLessThanOrEqual(6);
    expect(ended?.status).toBe("done");
  });

  test("a server that refuses everything is given up", async () => {
    const server = await serve(() => ({ kind: "overflow" }));
    const { model } = await modelOver([server]);
    const { ended } = await run(model);
    expect(server.requests.length).toBeLessThanOrEqual(3);
    expect(ended).toMatchObject({ status: "failed", termination: "model unavailable" });
  });
});
describe("a conversation that may be summarised", () => {
  const summarising =
    (summary: Reply): Script =>
    ({ messages }) => {
      const last = messages.at(-1)?.content ?? "";
      if (/has to be kept of it/.test(last)) return summary;
      if (/limit of what this run may use/.test(last)) return { kind: "text", text: "<answer>Forced.</answer>" };
      if (/<summary>/.test(messages[1]?.content ?? "")) return { kind: "text", text: answering };
      return { kind: "text", text: searching.replace("velsund", `velsund ${assistants(messages)}`) };
    };
  const reading = () => scriptedTool("search", () => "A long observation. ".repeat(100));
  const outcome = async (summary: Reply, window = 4_096) => {
    const { model } = await modelOver([await serve(summarising(summary), { window })]);
    const { ended, log } = await run(model, { tools: [reading()], whenFull: "compact" });
    return {
      ended,
      steps: log.flatMap((event) => (event.type === "context-compacted" || event.type === "step-ended" ? event.type : [])),
      log,
    };
  };

  test("goes on from its summary", async () => {
    const { ended, log } = await outcome({ kind: "text", text: "<summary>Nine metres.</summary>" });
    expect(of(log, "context-compacted")).toMatchObject([{ summary: "Nine metres." }]);
    expect(ended).toMatchObject(done);
  });

  test.each<[string, Reply]>([
    ["a call", { kind: "text", text: searching }],
    ["half a thought", { kind: "text", text: "<think>I keep", finishReason: "length" }],
    ["nothing but an error for its length", { kind: "overflow" }],
  ])("%s instead of a summary ends in a forced answer, and nothing is dropped", async (_, summary) => {
    const { ended, log } = await outcome(summary);
    expect(of(log, "context-compacted")).toEqual([]);
    expect(of(log, "step-ended").at(-1)).toMatchObject({ forced: "tokens", move: { kind: "answer", text: "Forced." } });
    expect(ended?.status).toBe("done");
  });

  test("is summarised also when the server refuses what was thought to fit", async () => {
    const server = await serve(summarising({ kind: "text", text: "<summary>Nine metres.</summary>" }), { window: 6_000 });
    const { model } = await modelOver([server]);
    const believing: Model = { ...model, countTokens: async () => 10 };
    const { ended, log } = await run(believing, { tools: [reading()], whenFull: "compact" });
    expect(reasons(log)).toContain("context-overflow");
    expect(of(log, "context-compacted").length).toBeGreaterThan(0);
    expect(ended?.status).toBe("done");
  });
});

const withoutCount = { countTokens: async () => null };

describe("row 16: a server that is away for a while", () => {
  test("the run waits, says so, goes on by itself, and its minutes wait with it", async () => {
    const server = await serve(turns);
    const { model } = await modelOver([server]);
    const asked = await kernel.ask("How deep?");
    const away = scriptedTool("search", async () => {
      await server.down();
      return "one result";
    });
    const working = work(kernel.shop({ model, tools: [away], retry: quickly }), await kernel.claim(asked.id), manualStops());
    const waiting = (events: Event[]) => events.some((event) => event.type === "model-failed" && event.untilBack === true);
    const seen = runView(await kernel.follow(asked.id, waiting));
    expect(seen.rows.at(-1)).toMatchObject({ kind: "step", step: 2, state: "thinking", failures: [{ untilBack: true }] });
    await server.up();
    await working;
    const log = await kernel.log(asked.id);
    expect(of(log, "model-returned")).toMatchObject([{ back: true, step: 2 }]);
    const waitedMs = of(log, "model-returned")[0]?.waitedMs ?? 0;
    expect(runView(log).outage).toMatchObject({ waiting: [], since: null });
    expect(runView(log).outage.endedMs).toBeGreaterThanOrEqual(waitedMs);
    expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject(done);
  });

  test("one that does not come back ends the run with what it has", async () => {
    const server = await serve(turns);
    const { model } = await modelOver([server]);
    await server.down();
    const asked = await kernel.ask("How deep?");
    const retry: Workshop["retry"] = (failure, attempt) => {
      const next = retryPolicy()(failure, attempt);
      return next.kind === "when-back" ? { ...next, withinMs: 50 } : next;
    };
    await work(kernel.shop({ model, tools: [search()], retry }), await kernel.claim(asked.id), manualStops());
    const log = await kernel.log(asked.id);
    expect(of(log, "model-returned")).toMatchObject([{ back: false }]);
    expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject({ status: "failed", termination: "model unavailable" });
  });

  test("stopping the run ends the wait", async () => {
    const server = await serve(turns);
    const { model } = await modelOver([server]);
    await server.down();
    const asked = await kernel.ask("How deep?");
    const stops = manualStops();
    const working = work(kernel.shop({ model, tools: [search()], retry: quickly }), await kernel.claim(asked.id), stops);
    await kernel.follow(asked.id, (events) => events.some((event) => event.type === "model-failed"));
    await stops.command("now");
    await working;
    expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject({ status: "stopped" });
  });
});

describe("row 17: a server that is set up wrongly", () => {
  test("a running run waits until it is mended", async () => {
    const server = await serve(turns);
    const { model } = await modelOver([server]);
    const asked = await kernel.ask("How deep?");
    const renaming = scriptedTool("search", () => {
      server.rename("another");
      return "one result";
    });
    const working = work(kernel.shop({ model, tools: [renaming], retry: quickly }), await kernel.claim(asked.id), manualStops());
    await kernel.follow(asked.id, (events) => events.some((event) => event.type === "model-failed"));
    server.rename("fake");
    await working;
    const log = await kernel.log(asked.id);
    expect(of(log, "model-failed")[0]).toMatchObject({ reason: "unknown-model", untilBack: true });
    expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject(done);
  });

  test("a window that shrank is learned from the refusal", async () => {
    const server = await serve(turns, { window: 131_072 });
    const { model } = await modelOver([server]);
    const shrinking = scriptedTool("search", () => {
      server.setWindow(4_096);
      return "A long observation. ".repeat(1_500);
    });
    const { ended, log } = await run(model, { tools: [shrinking] });
    expect(reasons(log)).toContain("context-overflow");
    expect(ended?.status).toBe("done");
  });
});

describe("row 18: a model that loses the thread", () => {
  const says = (...texts: string[]) => serve(({ messages }) => ({ kind: "text", text: texts[assistants(messages)] ?? answering }));
  const lastSaid = (server: FakeModel) => server.requests.at(-1)?.messages.at(-1)?.content ?? "";

  test.each([
    ["a malformed call", "<tool_call>{'name': 'search', 'arguments': {'query': ['a'</tool_call>", /not a valid JSON/],
    [
      "a tool that is not there",
      '<tool_call>{"name": "teleport", "arguments": {}}</tool_call>',
      /Tool teleport not found. Available tools: search/,
    ],
    ["a turn without call or answer", "<think>Hm.</think> Let me see.", /neither a tool call nor an answer/],
  ])("%s is an observation", async (_, text, told) => {
    const server = await says(text);
    const { model } = await modelOver([server]);
    const { ended } = await run(model);
    expect(lastSaid(server)).toMatch(told);
    expect(ended).toMatchObject(done);
  });

  test("a thought that repeats itself is broken off, and the model is told", async () => {
    const server = await says(`<think>${"I should check the harbour again. ".repeat(2_000)}`);
    const { model } = await modelOver([server]);
    const { ended, log } = await run(model);
    expect(of(log, "step-ended")[0]).toMatchObject({ finishReason: "repetition", move: { kind: "none" } });
    expect(of(log, "step-ended")[0]?.raw.length).toBeLessThan(10_000);
    expect(server.aborted).toBe(1);
    expect(lastSaid(server)).toMatch(/repeated itself/);
    expect(ended).toMatchObject(done);
  });

  test("thoughts that never come to a move end in the order to answer", async () => {
    const server = await serve(({ messages }) =>
      /limit of what this run may use/.test(messages.at(-1)?.content ?? "")
        ? { kind: "text", text: answering }
        : {
            kind: "text",
            text: `<think>${Array.from({ length: 300 }, (_, index) => `Thought ${index}.`).join(" ")}`,
            finishReason: "length",
          },
    );
    const { model } = await modelOver([server]);
    const { ended, log } = await run(model);
    expect(of(log, "step-ended").map((event) => event.forced ?? null)).toEqual([null, null, null, "no-move"]);
    expect(ended).toMatchObject(done);
  });

  test("the same call again and again ends in the order to answer", async () => {
    const server = await serve(({ messages }) => ({
      kind: "text",
      text: /limit of what this run may use/.test(messages.at(-1)?.content ?? "") ? answering : searching,
    }));
    const { model } = await modelOver([server]);
    const tool = search();
    const { ended, log } = await run(model, { tools: [tool] });
    expect(tool.calls).toHaveLength(4);
    expect(of(log, "step-ended").at(-1)).toMatchObject({ step: 5, forced: "repetition" });
    expect(ended).toMatchObject(done);
  });
});

describe("the native dialect, over a server with parsers", () => {
  test("calls run side by side, are answered under their ids, and thought goes back with them", async () => {
    const calls = [
      { id: "c1", name: "search", arguments: '{"query": ["a"]}' },
      { id: "c2", name: "search", arguments: '{"query": ["b"]}' },
    ];
    const server = await serve(
      ({ messages }) =>
        assistants(messages) === 0
          ? { kind: "turn", reasoning: "Two at once.", content: "", calls, fragment: 3 }
          : { kind: "turn", reasoning: "So.", content: "Nine metres." },
      { toolParser: "hermes", reasoningParser: true },
    );
    const { model } = await modelOver([server], { MODEL_DIALECT: "native" });
    let running = 0;
    const both = Promise.withResolvers<void>();
    const tool = scriptedTool("search", async ({ query }) => {
      if (++running === 2) both.resolve();
      await both.promise;
      return `result of ${String(query)}`;
    });
    const { ended, log } = await run(model, { tools: [tool] });
    expect(server.requests[0]?.tools?.map((each) => each.function.name)).toEqual(["search"]);
    expect(server.requests[1]?.messages.slice(2)).toMatchObject([
      { role: "assistant", reasoning: "Two at once.", tool_calls: [{ id: "c1" }, { id: "c2" }] },
      { role: "tool", tool_call_id: "c1", content: "result of a" },
      { role: "tool", tool_call_id: "c2", content: "result of b" },
    ]);
    expect(of(log, "tool-returned").map((event) => event.callId)).toEqual(["main-1", "main-1-2"]);
    expect(ended).toMatchObject(done);
  });

  test("pages that are read side by side are numbered one by one", async () => {
    const urls = Array.from({ length: 6 }, (_, index) => `https://site.example/${index}`);
    const calls = urls.map((url, index) => ({ id: `c${index}`, name: "visit", arguments: JSON.stringify({ url }) }));
    const server = await serve(
      ({ messages }) => (assistants(messages) === 0 ? { kind: "turn", content: "", calls } : { kind: "turn", content: "Nine metres." }),
      { toolParser: "hermes" },
    );
    const { model } = await modelOver([server], { MODEL_DIALECT: "native" });
    const { ended, log } = await run(model, { tools: [sourcedVisit((url) => `The text of ${url}.`)] });
    expect(
      of(log, "source-found")
        .map((event) => event.source.n)
        .toSorted(),
    ).toEqual([1, 2, 3, 4, 5, 6]);
    expect(ended).toMatchObject(done);
  });

  test.each<[string, FakeModelOptions, string]>([
    ["a server that takes tools", { toolParser: "hermes" }, "native"],
    ["one that was started without a parser for calls", {}, "tongyi"],
  ])("left open, %s is spoken to in its way", async (_, options, dialect) => {
    const server = await serve(
      () => ({ kind: "text", text: '<tool_call>\n{"name": "weather", "arguments": {"place": "Velsund"}}\n</tool_call>' }),
      options,
    );
    const { model } = await modelOver([server], { MODEL_DIALECT: "auto" });
    expect(model.card.dialect).toBe(dialect);
  });

  test("Tongyi DeepResearch is known by its name, without a question", async () => {
    const server = await serve(turns, { name: "Alibaba-NLP/Tongyi-DeepResearch-30B-A3B" });
    const { model } = await modelOver([server], { MODEL_DIALECT: "auto", MODEL_NAME: "Alibaba-NLP/Tongyi-DeepResearch-30B-A3B" });
    expect(model.card.dialect).toBe("tongyi");
    expect(server.requests).toEqual([]);
  });
});
