import { afterEach, expect, test } from "vitest";
import { among } from "#e2e/support/servers/fake-model/logprobs.ts";
import { type FakeModel, type Reply, startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { type LoopbackServer, listen } from "#e2e/support/servers/listen.ts";
import { completionServer } from "./client.ts";
import type { ModelDelta } from "./model.ts";

const open: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const request = {
  messages: [{ role: "user" as const, content: "q" }],
  maxTokens: 100,
  sampling: { temperature: 0.85, topP: 0.95, presencePenalty: 1.1 },
  stop: ["<tool_response>"],
};

async function serve(reply: Reply): Promise<FakeModel> {
  const server = await startFakeModel(() => reply);
  open.push(server);
  return server;
}

const complete = (baseUrl: string, stallMs?: number) =>
  Array.fromAsync(
    completionServer({ baseUrl, name: "fake", ...(stallMs && { patience: { stallMs } }) }).complete(request, new AbortController().signal),
  );
const textOf = (deltas: ModelDelta[]) => deltas.map((delta) => (delta.kind === "text" ? delta.text : "")).join("");

test("streams the text, ends with finish reason and usage, and sends the sampling as told", async () => {
  const server = await serve({ kind: "text", text: "<think>漢字 and words</think><answer>Yes</answer>" });
  const deltas = await complete(server.url);
  expect(textOf(deltas)).toBe("<think>漢字 and words</think><answer>Yes</answer>");
  expect(deltas.at(-1)).toMatchObject({ kind: "ended", finishReason: "stop", usage: { completionTokens: expect.any(Number) } });
  expect(server.requests[0]).toMatchObject({
    model: "fake",
    max_tokens: 100,
    temperature: 0.85,
    top_p: 0.95,
    presence_penalty: 1.1,
    stop: ["<tool_response>"],
    stream: true,
  });
  expect(server.requests[0]).not.toHaveProperty("tools");
});

test.each<[string, Reply, string]>([
  ["500", { kind: "status", status: 500, message: "boom" }, "server-error"],
  ["429", { kind: "status", status: 429, message: "slow down", headers: { "retry-after": "2" } }, "rate-limited"],
  ["404", { kind: "status", status: 404, message: "The model `x` does not exist." }, "unknown-model"],
  ["401", { kind: "status", status: 401, message: "Unauthorized" }, "unauthorized"],
  ["400", { kind: "status", status: 400, message: "Bad request" }, "refused"],
  [
    "a prompt that is too long",
    {
      kind: "status",
      status: 400,
      message: "This model's maximum context length is 4096 tokens. However, you requested 100 output tokens",
    },
    "context-overflow",
  ],
  ["a cut-off stream", { kind: "cut", text: "<think>half a tho" }, "cut-off"],
  ["an error inside the stream", { kind: "stream-error", text: "half", message: "engine died" }, "server-error"],
  ["HTML instead of a stream", { kind: "garbage", body: "<!doctype html><h1>nginx</h1>" }, "nonsense"],
  ["broken JSON", { kind: "garbage", body: 'data: {"choices": [\n\n' }, "nonsense"],
  ["an empty answer", { kind: "text", text: "" }, "empty"],
])("%s is a failure with a reason", async (_, reply, reason) => {
  const server = await serve(reply);
  expect((await complete(server.url)).at(-1)).toMatchObject({ kind: "failed", failure: { reason, detail: expect.any(String) } });
});

test("keeps Retry-After", async () => {
  const server = await serve({ kind: "status", status: 429, message: "slow down", headers: { "retry-after": "2" } });
  expect((await complete(server.url)).at(-1)).toMatchObject({ failure: { retryAfterMs: 2_000 } });
});

test("nobody there is unreachable, and the address is named", async () => {
  const gone = await listen(() => {});
  await gone.close();
  expect((await complete(gone.url)).at(-1)).toMatchObject({
    failure: { reason: "unreachable", detail: expect.stringContaining(gone.url) },
  });
});

test("a server that says nothing for too long is stalled, and its request is given up", async () => {
  const server = await listen(
    (_, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write(": waiting\n\n"),
  );
  open.push(server);
  expect((await complete(server.url, 50)).at(-1)).toMatchObject({ failure: { reason: "stalled" } });
});

test("a reader that is busy for longer than the patience is not the server's silence", async () => {
  const server = await serve({ kind: "text", text: "one two three" });
  const silences: unknown[] = [];
  const deltas = [];
  const patience = { stallMs: 50, noticeMs: 20 };
  const signal = new AbortController().signal;
  const stream = completionServer({ baseUrl: server.url, name: "fake", patience }).complete(request, signal, (silence) =>
    silences.push(silence),
  );
  for await (const delta of stream) {
    if (deltas.push(delta) === 1) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(deltas.at(-1)).toMatchObject({ kind: "ended" });
  expect(silences).toEqual([]);
});

test("a server that only says that it is still there is stalled too", async () => {
  const server = await listen((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const pinging = setInterval(() => response.write(': ping\n\ndata: {"choices": []}\n\n'), 10);
    response.on("close", () => clearInterval(pinging));
  });
  open.push(server);
  expect((await complete(server.url, 100)).at(-1)).toMatchObject({ failure: { reason: "stalled" } });
});

test("aborting destroys the socket, so that the server sees it", async () => {
  const server = await serve({ kind: "text", text: "word ".repeat(10_000), msPerToken: 5 });
  const controller = new AbortController();
  const stopped = server.nextAbort();
  const reading = (async () => {
    for await (const delta of completionServer({ baseUrl: server.url, name: "fake" }).complete(request, controller.signal)) {
      if (delta.kind === "text") controller.abort(new Error("stopped"));
    }
  })();
  await expect(reading).rejects.toThrow("stopped");
  await stopped;
  expect(server.aborted).toBe(1);
});

test("tells thought, text and the fragments of calls apart", async () => {
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, ...(finish && { finish_reason: finish }) }] })}\n\n`;
  const server = await listen((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk({ reasoning_content: "I " }) + chunk({ reasoning_content: "think", content: null }));
    response.write(chunk({ reasoning: ".", content: "A" }));
    response.write(chunk({ tool_calls: [{ index: 0, id: "c1", type: "function", function: { name: "search", arguments: "" } }] }));
    response.write(chunk({ tool_calls: [{ index: 0, function: { arguments: '{"q":' } }] }));
    response.end(`${chunk({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] }, "tool_calls")}data: [DONE]\n\n`);
  });
  open.push(server);
  const deltas = await complete(server.url);
  const said = (kind: string) => deltas.flatMap((delta) => (delta.kind === kind && "text" in delta ? delta.text : [])).join("");
  const calls = deltas.filter((delta) => delta.kind === "call");
  expect(said("reasoning")).toBe("I think.");
  expect(said("text")).toBe("A");
  expect(calls.map((call) => call.id + call.name).join("")).toBe("c1search");
  expect(calls.map((call) => call.arguments).join("")).toBe('{"q":1}');
  expect(deltas.at(-1)).toEqual({ kind: "ended", finishReason: "tool_calls", usage: null });
});

const completeWith = (baseUrl: string, more: object, server = completionServer({ baseUrl, name: "fake", priority: 3 })) =>
  Array.fromAsync(server.complete({ ...request, ...more }, new AbortController().signal));
const call = "<think>hm</think>\n<tool_call>{}</tool_call>";

test("asked for it, tells how unsure the model was, whatever the size of the chunks", async () => {
  // In the call, one of eight; everywhere else, certain.
  const server = await serve({ kind: "text", text: call, alternatives: (token) => among(token === "{}" ? 8 : 1), tokensPerChunk: 3 });
  const deltas = await completeWith(server.url, { logprobs: true });
  expect(server.requests[0]).toMatchObject({ logprobs: true, top_logprobs: 16 });
  expect(textOf(deltas)).toBe(call);
  const last = deltas.at(-1);
  expect(last).toMatchObject({ kind: "ended", uncertainty: { thought: 1 } });
  expect(last?.kind === "ended" && last.uncertainty?.call).toBeCloseTo(8, 9);
});

test("not asked for it, asks the server for nothing and tells nothing", async () => {
  const server = await serve({ kind: "text", text: call });
  expect((await completeWith(server.url, {})).at(-1)).not.toHaveProperty("uncertainty");
  expect(server.requests[0]).not.toHaveProperty("logprobs");
  expect(server.requests[0]).not.toHaveProperty("top_logprobs");
});

test("of a server that sends thought and calls apart only the whole is told", async () => {
  const server = await startFakeModel(() => ({ kind: "text", text: call, alternatives: () => among(4) }), { reasoningParser: true });
  open.push(server);
  const last = (await completeWith(server.url, { logprobs: true })).at(-1);
  expect(last).toMatchObject({ uncertainty: { thought: null, call: null } });
  expect(last?.kind === "ended" && last.uncertainty?.all).toBeCloseTo(4, 9);
});

const tooMany = "Requested sample logprobs of 16, which is greater than max allowed: 5";
test.each<[string, Reply]>([
  ["before the stream", { kind: "status", status: 400, message: tooMany }],
  ["in the stream", { kind: "stream-error", text: "", message: tooMany }],
])("a server that refuses logprobs %s is asked without them, and without a priority that it refuses too", async (_, refusal) => {
  const server = await startFakeModel((asked) => {
    if (asked.priority !== undefined)
      return { kind: "status", status: 400, message: "Got priority 3 but Priority scheduling is not enabled." };
    return asked.logprobs ? refusal : { kind: "text", text: call };
  });
  open.push(server);
  const source = completionServer({ baseUrl: server.url, name: "fake", priority: 3 });
  for (const asked of [3, 4]) {
    const deltas = await completeWith(server.url, { logprobs: true }, source);
    expect(textOf(deltas)).toBe(call);
    expect(deltas.at(-1)).toMatchObject({ kind: "ended" });
    expect(deltas.some((delta) => delta.kind === "failed")).toBe(false);
    expect(server.requests).toHaveLength(asked); // from then on it is asked once
  }
});

test("a refusal for another reason stays one, also where logprobs were asked for", async () => {
  const server = await serve({ kind: "status", status: 400, message: "Bad request" });
  expect(await completeWith(server.url, { logprobs: true })).toMatchObject([{ kind: "failed", failure: { reason: "refused" } }]);
  expect(server.requests).toHaveLength(1);
});

test("lanes that begin at once: a server that refuses priorities is asked again without, by each of them", async () => {
  const server = await startFakeModel((asked) =>
    asked.priority !== undefined
      ? { kind: "status", status: 400, message: "Got priority 5 but Priority scheduling is not enabled." }
      : { kind: "text", text: "<answer>A</answer>" },
  );
  const source = completionServer({ baseUrl: server.url, name: "fake", priority: 5 });
  const asked = { messages: [{ role: "user" as const, content: "q" }], maxTokens: 100, sampling: { temperature: 0.8 } };
  const all = await Promise.all([1, 2, 3, 4].map(() => Array.fromAsync(source.complete(asked, new AbortController().signal))));
  await server.close();
  expect(all.map((deltas) => deltas.at(-1)?.kind)).toEqual(["ended", "ended", "ended", "ended"]);
});
