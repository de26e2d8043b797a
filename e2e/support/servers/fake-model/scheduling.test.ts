import { afterEach, expect, test } from "vitest";
import { type FakeModel, type FakeModelOptions, type Script, startFakeModel } from "../fake-model.ts";
import { ask } from "./ask.ts";
import { idealCachedTokens } from "./request-record.ts";

const open: FakeModel[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(script: Script, options: FakeModelOptions = {}): Promise<FakeModel> {
  const server = await startFakeModel(script, options);
  open.push(server);
  return server;
}

const user = (content: string) => ({ role: "user", content });
const usageOf = { stream_options: { include_usage: true } };

async function metrics(server: FakeModel): Promise<Record<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line.startsWith("vllm:"));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(5, line.indexOf("{")) + (/,(.*)\}/.exec(line)?.[1]?.replace('engine="0"', "") ?? ""),
      Number(line.split(" ").at(-1)),
    ]),
  );
}

/** Says one word and holds its seat until its client leaves; every other request is answered. */
const holder: Script = ({ messages }) =>
  messages[0]?.content === "holder" ? { kind: "stall", text: "word" } : { kind: "text", text: "word".repeat(10) };

/** A server of one seat, which is taken. */
async function taken(options: FakeModelOptions = {}) {
  const server = await serve(holder, { maxSeqs: 1, ...options });
  const controller = new AbortController();
  const held = ask(server.url, { messages: [user("holder")] }, { signal: controller.signal });
  await expect.poll(() => server.live()).toBe(1);
  return {
    server,
    async free() {
      controller.abort();
      await expect(held).rejects.toThrow();
    },
  };
}

test("who waits for a seat has headers and no byte of body, and is counted as waiting", async () => {
  const { server, free } = await taken();
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ messages: [user("late")], stream: true }),
  });
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  let read = false;
  const first = reader?.read().then((part) => {
    read = true;
    return part;
  });
  await expect.poll(() => server.waiting()).toBe(1);
  expect(await metrics(server)).toMatchObject({ num_requests_running: 1, num_requests_waiting: 1 });
  expect(await (await fetch(`${server.url}/load`)).json()).toEqual({ server_load: 2 });
  expect(read).toBe(false);
  await free();
  expect((await first)?.value).toBeInstanceOf(Uint8Array);
  await expect.poll(() => server.finished).toBe(1);
  const [one, two] = server.records;
  expect(two?.startedAt).toBeGreaterThanOrEqual(one?.endedAt ?? Number.POSITIVE_INFINITY);
  expect([server.live(), server.waiting()]).toEqual([0, 0]);
});

test.each([
  ["fcfs", ["holder", "batch", "person"]],
  ["priority", ["holder", "person", "batch"]],
] as const)("%s: who is served after whom", async (scheduling, order) => {
  const { server, free } = await taken({ scheduling });
  const answers = [];
  for (const [index, [name, priority]] of (
    [
      ["batch", 5],
      ["person", 1],
    ] as const
  ).entries()) {
    answers.push(ask(server.url, { messages: [user(name)], priority }));
    await expect.poll(() => server.waiting()).toBe(index + 1);
  }
  await free();
  await Promise.all(answers);
  const served = server.records.toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
  expect(served.map((record) => record.chat.messages[0]?.content)).toEqual(order);
});

test("who leaves while waiting frees nothing and blocks nobody", async () => {
  const { server, free } = await taken();
  const controller = new AbortController();
  const second = ask(server.url, {}, { signal: controller.signal });
  await expect.poll(() => server.waiting()).toBe(1);
  const gone = server.nextAbort();
  controller.abort();
  await expect(second).rejects.toThrow();
  await gone;
  await expect.poll(() => [server.live(), server.waiting()]).toEqual([1, 0]);
  await free();
  expect((await ask(server.url)).finishReason).toBe("stop");
  expect(await metrics(server)).toMatchObject({
    'request_success_total,finished_reason="stop"': 1,
    'request_success_total,finished_reason="abort"': 2,
  });
});

test("a conversation that only grows finds all it said before, but for the last block", async () => {
  const thought = `<think>\n${"I think about it. ".repeat(30)}\n</think>\n\n${"So I call. ".repeat(30)}`;
  const server = await serve(() => ({ kind: "text", text: thought }), { promptTokensDetails: true });
  const messages = [{ role: "system", content: "You search. ".repeat(40) }, user("Where?")];
  for (let step = 0; step < 8; step++) {
    const { content, events } = await ask(server.url, { messages, ...usageOf });
    const cached = events.at(-1)?.usage?.prompt_tokens_details?.cached_tokens;
    expect(cached, `step ${step}`).toBe(step === 0 ? undefined : server.records.at(-1)?.cachedTokens);
    messages.push({ role: "assistant", content }, user(`<tool_response>\n${"A finding. ".repeat(50)}${step}\n</tool_response>`));
  }
  const { promptTokens, cachedTokens } = server.cache;
  const ideal = idealCachedTokens(server.records);
  expect(ideal - cachedTokens).toBeLessThanOrEqual(16 * 7);
  expect(cachedTokens / ideal).toBeGreaterThan(0.97);
  expect(promptTokens).toBe(server.records.reduce((sum, record) => sum + record.promptTokens, 0));
  expect(await metrics(server)).toMatchObject({ prefix_cache_queries_total: promptTokens, prefix_cache_hits_total: cachedTokens });
});

test("a native turn is found again when it is sent back, with the thought in its field", async () => {
  const call = { id: "c1", name: "search", arguments: `{"query": ["${"a long query ".repeat(20)}"]}` };
  const server = await serve(() => ({ kind: "turn", reasoning: "Hm. ".repeat(60), content: "I look.", calls: [call] }), {
    toolParser: "hermes",
  });
  const tools = [{ type: "function", function: { name: "search" } }];
  const messages: object[] = [user("Where?")];
  const first = await ask(server.url, { messages, tools });
  const sent = { id: "c1", type: "function", function: { name: "search", arguments: call.arguments } };
  messages.push(
    { role: "assistant", content: first.content, reasoning: first.reasoning, tool_calls: [sent] },
    { role: "tool", tool_call_id: "c1", content: "Found." },
  );
  await ask(server.url, { messages, tools });
  const [one, two] = server.records;
  expect((one?.promptTokens ?? 0) + (one?.completionTokens ?? 0) - (two?.cachedTokens ?? 0)).toBeLessThan(16);
  // Without its thought the turn is another one: nothing of the answer is found.
  messages[1] = { role: "assistant", content: first.content, tool_calls: [sent] };
  await ask(server.url, { messages, tools });
  expect(server.records[2]?.cachedTokens).toBeLessThanOrEqual(one?.promptTokens ?? 0);
});

test("a changed beginning finds nothing, and a salt keeps tenants apart", async () => {
  const server = await serve(() => ({ kind: "text", text: "A" }), { promptTokensDetails: true });
  const long = "a long question ".repeat(50);
  const cached = async (content: string, more: object = {}) => {
    const { events } = await ask(server.url, { messages: [user(content)], ...usageOf, ...more });
    return events.at(-1)?.usage?.prompt_tokens_details?.cached_tokens ?? 0;
  };
  expect(await cached(long)).toBe(0);
  expect(await cached(long)).toBeGreaterThan(150);
  expect(await cached(`Now. ${long}`)).toBe(0);
  expect(await cached(long, { cache_salt: "tenant" })).toBe(0);
  expect(await cached(long, { cache_salt: "tenant" })).toBeGreaterThan(150);
});

test("a small cache forgets", async () => {
  const server = await serve(() => ({ kind: "text", text: "A" }), { cacheBlocks: 10 });
  for (const name of ["one ", "two ", "one "]) await ask(server.url, { messages: [user(name.repeat(300))] });
  expect(server.cache.cachedTokens).toBe(0);
});

test("only what is not in the cache costs time before the first token", async () => {
  const server = await serve(() => ({ kind: "text", text: "A" }), { prefillMsPerToken: 4 });
  const messages = [user("word".repeat(150))];
  await ask(server.url, { messages });
  await ask(server.url, { messages });
  const [cold, warm] = server.records.map((record) => (record.firstTokenAt ?? 0) - (record.startedAt ?? 0));
  expect(cold).toBeGreaterThanOrEqual(600);
  expect(warm).toBeLessThan(400);
});

test("fifty paced streams keep their pace, on one timer", async () => {
  const tokens = 50;
  const server = await serve(() => ({ kind: "text", text: "word".repeat(tokens), msPerToken: 20 }));
  await Promise.all(Array.from({ length: 50 }, () => ask(server.url)));
  const times = server.records.map((record) => (record.endedAt ?? 0) - (record.startedAt ?? 0));
  expect(Math.min(...times)).toBeGreaterThanOrEqual(tokens * 20 - 2);
  expect(times.toSorted((a, b) => a - b)[25]).toBeLessThan(tokens * 20 * 2);
  expect(await metrics(server)).toMatchObject({ generation_tokens_total: 50 * tokens, num_requests_running: 0, kv_cache_usage_perc: 0 });
});

test("an answer in one piece takes the time of a stream", async () => {
  const server = await serve(() => ({ kind: "text", text: "word".repeat(10), msPerToken: 10 }));
  const started = performance.now();
  await ask(server.url, { stream: false });
  expect(performance.now() - started).toBeGreaterThanOrEqual(98);
});
