import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEvents } from "./read-events.ts";
import { runningAtMost, serveVllm, type VllmServer, windowTokens } from "./serve-vllm.ts";
import { type VllmClient, vllmClient } from "./vllm-client.ts";

const unfinishedAtMost = runningAtMost + 2;
const flags = [
  ...["--reasoning-parser", "qwen3", "--enable-auto-tool-choice", "--tool-call-parser", "hermes"],
  ...["--enable-prompt-tokens-details", "--scheduling-policy", "priority", "--api-key", "secret"],
  ...["--max-num-queued-reqs", String(unfinishedAtMost), "--sse-keep-alive-interval", "1"],
];

let server: VllmServer;
let client: VllmClient;

beforeAll(async () => {
  server = await serveVllm("with-parsers", flags);
  console.log(`vLLM with parsers started in ${Math.round(server.startedInMs / 1000)} s`);
  client = vllmClient(server.url, "secret");
});
afterAll(() => server?.stop());

const messages = [{ role: "user", content: "hello there" }];
const greedy = { messages, temperature: 0 };
const endless = { messages, ignore_eos: true, max_tokens: windowTokens - 100 };
const withoutThought = { chat_template_kwargs: { enable_thinking: false } };
/** As Qwen3.5's template does: the thought is opened in the prompt. */
const openThought = { chat_template_kwargs: { enable_thinking: true } };

describe("the key", () => {
  test("a missing and a wrong one are a 401 whose error is a word", async () => {
    const refused = { status: 401, body: '{"error":"Unauthorized"}' };
    expect(await vllmClient(server.url).get("/v1/models")).toMatchObject(refused);
    expect(await vllmClient(server.url, "wrong").post("/v1/chat/completions", {})).toMatchObject(refused);
  });

  test("probes, counting and metrics need none", async () => {
    const stranger = vllmClient(server.url);
    for (const path of ["/health", "/version", "/metrics", "/load", "/ping"])
      expect(await stranger.get(path)).toMatchObject({ status: 200 });
    expect(await stranger.count({ messages })).toBeGreaterThan(0);
  });
});

describe("a thought", () => {
  test("comes in `reasoning`, is counted, and the answer after it in `content`", async () => {
    // A grammar holds only after the thought, which the budget ends. The line break after `<think>` in the prompt counts as one of the four.
    const limits = { thinking_token_budget: 4, structured_outputs: { regex: "It is so\\." }, max_tokens: 60 };
    const events = await client.stream({
      ...greedy,
      ...openThought,
      ...limits,
      ignore_eos: false,
      stream_options: { include_usage: true },
    });
    expect(events).toMatchObject({ content: "It is so.", isDone: true, finish: { reason: "stop" } });
    expect(events.chunks.flatMap((chunk) => chunk.choices).filter((choice) => "reasoning" in choice.delta).length).toBeGreaterThan(0);
    expect(events.chunks.at(-1)?.usage?.completion_tokens_details?.reasoning_tokens).toBe(3);
  });

  test("that is cut short is all reasoning, and the content is null", async () => {
    const { json } = await client.chat({ ...greedy, allowed_token_ids: [await client.tokenOf(" the")], max_tokens: 3 });
    expect(json.choices).toMatchObject([{ message: { content: null, reasoning: " the the the" }, finish_reason: "length" }]);
    expect(json.usage.completion_tokens_details).toMatchObject({ reasoning_tokens: 3 });
  });

  test("is where a stop string matches too", async () => {
    const allowed_token_ids = [await client.tokenOf(" the")];
    const events = await client.stream({ ...greedy, allowed_token_ids, max_tokens: 20, stop: ["e the t"] });
    expect(events).toMatchObject({ reasoning: " th", content: "", finish: { reason: "stop", stopReason: "e the t" } });
  });

  test("that the prompt has closed leaves everything to the content", async () => {
    const allowed_token_ids = [await client.tokenOf(" the")];
    const events = await client.stream({ ...greedy, ...withoutThought, allowed_token_ids, max_tokens: 3 });
    expect(events).toMatchObject({ content: " the the the", reasoning: "" });
  });

  test("is opened or closed in the prompt by the effort that is asked for", async () => {
    const used = async (body: object) => (await client.chat({ ...greedy, max_tokens: 1, ...body })).json.usage.prompt_tokens;
    expect(await used({ reasoning_effort: "none" })).toBe(await used(withoutThought));
    expect(await used({ reasoning_effort: "low" })).toBe(await used(openThought));
  });

  test("is not told when it is not wanted, and is counted all the same", async () => {
    const { json } = await client.chat({ ...greedy, ignore_eos: true, max_tokens: 5, include_reasoning: false });
    expect(json.choices).toMatchObject([{ message: { content: null, reasoning: null } }]);
    expect(json.usage).toMatchObject({ completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 5 } });
  });

  test("of an earlier turn reaches the prompt as `reasoning` and as `reasoning_content`, but /tokenize knows only the first", async () => {
    const turns = (thought: object) => [...messages, { role: "assistant", content: "Yes.", ...thought }, ...messages];
    const count = (thought: object) => client.count({ messages: turns(thought) });
    const used = async (thought: object) => (await client.chat({ messages: turns(thought), max_tokens: 1 })).json.usage.prompt_tokens;
    const without = await count({});
    const within = await count({ reasoning: "I look." });
    expect(within).toBeGreaterThan(without);
    expect(await used({ reasoning: "I look." })).toBe(within);
    expect(await used({ reasoning_content: "I look." })).toBe(within);
    expect(await count({ reasoning_content: "I look." })).toBe(without);
  });
});

describe("a tool call", () => {
  const schema = { type: "object", properties: { query: { enum: ["height"] } }, required: ["query"], additionalProperties: false };
  const tools = (strict?: boolean) => [{ type: "function", function: { name: "search", parameters: schema, ...(strict && { strict }) } }];
  const call = { ...greedy, ...withoutThought, max_tokens: 200, tools: tools(true) };
  /** The grammar of JSON allows any white space, and a model without sense would never come to an end of it. */
  const preferring = async (word?: string) => {
    const disliked = await Promise.all([" ", "\n", "\t", "\r"].map(client.tokenOf));
    const bias = Object.fromEntries(disliked.map((token) => [token, -100]));
    return { logit_bias: word ? { ...bias, [await client.tokenOf(word)]: 100 } : bias };
  };
  const named = { type: "function", function: { name: "search" } };

  test.each([
    ["required", "required", "tool_calls"],
    ["named", named, "stop"],
  ])("that is %s comes as id and name, then pieces of arguments", async (_, tool_choice, reason) => {
    // The turn ends where the grammar first allows it: "required" allows several calls.
    const events = await client.stream({ ...call, tool_choice, ...(await preferring("<|im_end|>")) });
    const calls = events.chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    const [first, ...pieces] = calls;
    expect(first).toEqual({
      index: 0,
      id: expect.stringMatching(/^chatcmpl-tool-[0-9a-f]+$/),
      type: "function",
      function: { name: "search" },
    });
    for (const piece of pieces) expect(piece).toEqual({ index: 0, function: { arguments: expect.any(String) } });
    expect(JSON.parse(pieces.map((piece) => piece.function.arguments).join(""))).toEqual({ query: "height" });
    expect(events).toMatchObject({ content: "", finish: { reason } });
    expect(events.chunks.filter((chunk) => chunk.choices[0]?.delta.content === null).length).toBe(calls.length);
  });

  test("that the model begins itself is held to the schema when the tool is strict", async () => {
    const { json } = await client.chat({
      ...call,
      ...(await preferring("<tool_call>")),
      stop: ["</tool_call>"],
      include_stop_str_in_output: true,
    });
    const [choice] = json.choices;
    expect(choice).toMatchObject({ message: { tool_calls: [{ function: { name: "search" } }] }, finish_reason: "tool_calls" });
    expect(JSON.parse(choice?.message.tool_calls?.[0]?.function.arguments ?? "")).toEqual({ query: "height" });
  });

  test("that is required but not strict may have any JSON for arguments", async () => {
    const lenient = { ...call, tools: tools(), tool_choice: "required", max_tokens: 40 };
    const { chunks } = await client.stream({ ...lenient, ...(await preferring("7")) });
    const calls = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(calls[0]?.function.name).toBe("search");
    expect(JSON.parse(calls.map((each) => each.function.arguments ?? "").join(""))).toBeTypeOf("number");
  });

  test("that is cut short is in the content when not streamed, and in pieces when streamed", async () => {
    const short = { ...call, ...(await preferring()), tool_choice: "required", max_tokens: 12 };
    const { json } = await client.chat(short);
    expect(json.choices).toMatchObject([{ message: { content: expect.stringMatching(/^<tool_call>/) }, finish_reason: "length" }]);
    const events = await client.stream(short);
    expect(events).toMatchObject({ content: "", finish: { reason: "length" } });
  });

  test("within an open thought ends the thought", async () => {
    const begun = { ...(await preferring("<tool_call>")), stop: ["</tool_call>"], include_stop_str_in_output: true };
    const events = await client.stream({ ...call, ...openThought, ...begun });
    expect(events).toMatchObject({ reasoning: "", content: "", finish: { reason: "tool_calls" } });
    expect(events.chunks[1]?.choices[0]?.delta.tool_calls?.[0]?.function.name).toBe("search");
  });

  test("that a stop string cuts in two still says tool_calls", async () => {
    const events = await client.stream({ ...call, ...(await preferring()), tool_choice: "required", stop: ["eight"] });
    const pieces = events.chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []).map((each) => each.function.arguments ?? "");
    expect(pieces.join("")).toMatch(/^\{"query":\s*"h$/);
    expect(events.finish).toEqual({ reason: "tool_calls", stopReason: "eight" });
  });

  test("is refused by tool_choice none, whose tools stay in the prompt", async () => {
    const { json } = await client.chat({ ...call, tool_choice: "none", max_tokens: 1 });
    expect(json.choices[0]?.message).not.toHaveProperty("tool_calls");
    expect(json.usage.prompt_tokens).toBe(await client.count({ messages, tools: call.tools, ...withoutThought }));
  });

  test("costs the tokens that /tokenize counts with the tools", async () => {
    const { json } = await client.chat({ ...call, max_tokens: 1 });
    expect(await client.count({ messages, tools: call.tools, ...withoutThought })).toBe(json.usage.prompt_tokens);
  });
});

test("a repeated prompt is cached by whole blocks, and nothing cached is 0 and not absent", async () => {
  const prompt = [{ role: "user", content: `${" seven".repeat(300)} and ${Date.now()}` }];
  const cached = async () => (await client.chat({ messages: prompt, max_tokens: 1 })).json.usage.prompt_tokens_details?.cached_tokens;
  // The words before the date may be there from an earlier run of this test, never all of the prompt.
  const first = await cached();
  expect(first).toBeTypeOf("number");
  const second = await cached();
  expect(second).toBeGreaterThan(first ?? 0);
  expect((second ?? 0) % 128).toBe(0);
});

describe("a full server", () => {
  const busy = () => Promise.all(Array.from({ length: runningAtMost }, () => client.open(endless)));
  const idle = () => client.untilMetric("vllm:num_requests_running", (value) => value === 0);

  test("starts the lowest priority first and shows the waiting that their connection lives", async () => {
    const running = await busy();
    await Promise.all(running.map((one) => one.first));
    const later = await client.open({ ...greedy, max_tokens: 1, priority: 5 });
    const sooner = await client.open({ ...greedy, max_tokens: 40, priority: 1 });
    expect(await later.first).toMatch(/^(: keep-alive\n\n)+$/);
    const order: string[] = [];
    const ends = [later.whole.then(() => order.push("later")), sooner.whole.then(() => order.push("sooner"))];
    // One place is free: the other is still taken.
    running[0]?.leave();
    await Promise.all(ends);
    expect(order).toEqual(["sooner", "later"]);
    const events = readEvents(await later.whole);
    expect(events).toMatchObject({ isDone: true, finish: { reason: "length" } });
    expect(new Set(events.otherLines)).toEqual(new Set([": keep-alive"]));
    for (const one of running) one.leave();
    await idle();
  });

  test("refuses with 503 what is above its limit, where it has one", async () => {
    const unfinished = await Promise.all(Array.from({ length: unfinishedAtMost }, () => client.open(endless)));
    const refused = await client.open({ ...greedy, max_tokens: 1 });
    expect(refused.status).toBe(503);
    expect(refused.headers["retry-after"]).toBeUndefined();
    expect(JSON.parse(await refused.whole)).toEqual({
      error: {
        message: "The engine is currently busy and cannot accept new requests. Please try again later or on a different instance.",
        type: "Service Unavailable",
        param: null,
        code: 503,
      },
    });
    for (const one of unfinished) one.leave();
    await idle();
    expect(await client.metric("vllm:admission_rejections_total", 'reason="max_num_queued_reqs"')).toBe(1);
  });
});
