import { afterEach, expect, test } from "vitest";
import { type FakeModel, type FakeModelOptions, type Reply, type Script, startFakeModel } from "../fake-model.ts";
import { type Answer, ask, callsOf } from "./ask.ts";
import { renderPrompt } from "./render-prompt.ts";
import { tokensOf } from "./tokens-of.ts";

const open: FakeModel[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(reply: Reply | Script | string, options: FakeModelOptions = {}): Promise<FakeModel> {
  const fixed: Reply | Script = typeof reply === "string" ? { kind: "text", text: reply } : reply;
  const server = await startFakeModel(typeof fixed === "function" ? fixed : () => fixed, options);
  open.push(server);
  return server;
}

const tool = { type: "function", function: { name: "search", parameters: {} } };
const errorOf = (answer: Answer) => answer.json?.error;
const user = (content: string) => ({ role: "user", content });

test("role first, one token a chunk, text and finish reason together, nothing that was not set, [DONE]", async () => {
  const server = await serve("<think>One.</think>Two words");
  const { events, text, done } = await ask(server.url);
  expect(events[0]?.choices?.[0]).toEqual({ index: 0, delta: { role: "assistant", content: "" }, logprobs: null, finish_reason: null });
  const tokens = tokensOf("<think>One.</think>Two words");
  expect(events.slice(1).map((event) => event.choices?.[0]?.delta?.content)).toEqual(tokens);
  expect(events.at(-1)?.choices?.[0]).toMatchObject({ delta: { content: "s" }, finish_reason: "stop", stop_reason: null });
  expect(events.at(-2)?.choices?.[0]).not.toHaveProperty("stop_reason");
  expect(text).not.toMatch(/"usage"|^event:|^id:/m);
  expect(done).toBe(true);
});

test("an empty answer is one chunk with a finish reason", async () => {
  const server = await serve("");
  expect((await ask(server.url)).events.map((event) => event.choices?.[0]?.finish_reason)).toEqual([null, "stop"]);
});

test("usage comes in a chunk without choices when asked for, and on every chunk when asked for that", async () => {
  const server = await serve("Eight by four and so on");
  const once = await ask(server.url, { stream_options: { include_usage: true } });
  expect(once.events.filter((event) => event.usage)).toHaveLength(1);
  const { usage, choices } = once.events.at(-1) ?? {};
  expect(choices).toEqual([]);
  const prompt = renderPrompt({ model: "fake", messages: [{ role: "user", content: "What is it?" }] });
  expect(usage?.prompt_tokens).toBeGreaterThanOrEqual(tokensOf(prompt).length);
  expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + 6);
  const always = await ask(server.url, { stream_options: { include_usage: true, continuous_usage_stats: true } });
  expect(always.events.map((event) => event.usage?.completion_tokens)).toEqual([0, 1, 2, 3, 4, 5, 6, 6]);
  const alone = await ask(server.url, { stream_options: { continuous_usage_stats: true } });
  expect(alone.text).not.toContain('"usage"');
});

test("usage can be forced upon those who did not ask", async () => {
  const server = await serve("A", { forceIncludeUsage: true });
  expect((await ask(server.url)).events.at(-1)?.usage?.completion_tokens).toBe(1);
});

test("an answer in one piece", async () => {
  const server = await serve("<think>T</think>A", { reasoningParser: true, promptTokensDetails: true });
  const { json, headers } = await ask(server.url, { stream: false });
  expect(headers.get("content-type")).toContain("application/json");
  expect(json?.choices?.[0]).toMatchObject({
    message: { role: "assistant", content: "A", reasoning: "T", tool_calls: [] },
    finish_reason: "stop",
    stop_reason: null,
  });
  expect(json?.usage).toMatchObject({ completion_tokens: 4, prompt_tokens_details: null });
});

test("a stop string is cut off, held back while it could begin, named, and found in the thought too", async () => {
  const server = await serve("<think>abcdefgh\n<tool_response>made up</think>");
  const { content, events, finishReason } = await ask(server.url, { stop: ["\n<tool_response>", "<tool_response>"] });
  expect(content).toBe("<think>abcdefgh");
  expect(finishReason).toBe("stop");
  expect(events.at(-1)?.choices?.[0]?.stop_reason).toBe("\n<tool_response>");
  // 15 characters are held back: all of this text comes with its end.
  expect(events.slice(1, -1).map((event) => event.choices?.[0]?.delta?.content)).toEqual(["", ""]);
  expect(events.at(-1)?.choices?.[0]?.delta?.content).toBe("<think>abcdefgh");
  const kept = await ask(server.url, { stop: "\n<tool_response>", include_stop_str_in_output: true });
  expect(kept.content).toBe("<think>abcdefgh\n<tool_response>");
});

test("a request id becomes the answer's id", async () => {
  const server = await serve("A", { seed: 7 });
  const named = await ask(server.url, {}, { headers: { "x-request-id": "abc" } });
  expect(named.events[0]?.id).toBe("chatcmpl-abc");
  const again = await serve("A", { seed: 7 });
  expect((await ask(server.url)).events[0]?.id).toBe((await ask(again.url)).events[0]?.id);
});

test("log probabilities, one a token, when asked for", async () => {
  const server = await serve({ kind: "text", text: "Two words", logprobs: [-0.5] });
  const { events } = await ask(server.url, { logprobs: true, top_logprobs: 2 });
  const content = events.flatMap((event) => event.choices?.[0]?.logprobs?.content ?? []);
  expect(content.map((entry) => entry.token)).toEqual(["Two ", "word", "s"]);
  expect(content[0]).toMatchObject({ logprob: -0.5, top_logprobs: [{ token: "Two " }, {}] });
});

test("several tokens a chunk, the first one alone", async () => {
  const server = await serve("aaaabbbbccccddddeeee", { streamInterval: 3 });
  const { events } = await ask(server.url);
  expect(events.slice(1).map((event) => event.choices?.[0]?.delta?.content)).toEqual(["aaaa", "bbbbccccdddd", "eeee"]);
});

test.each([
  ["reasoning", ["reasoning"]],
  ["reasoning_content", ["reasoning_content"]],
  ["both", ["reasoning", "reasoning_content"]],
] as const)("a parsed thought comes in %s", async (reasoningField, fields) => {
  const server = await serve("<think>Because.</think>A", { reasoningParser: true, reasoningField });
  const { events, content, reasoning } = await ask(server.url);
  expect([reasoning, content]).toEqual(["Because.", "A"]);
  const thinking = events.find((event) => event.choices?.[0]?.delta?.[fields[0]]);
  expect(Object.keys(thinking?.choices?.[0]?.delta ?? {})).toEqual(fields);
});

test("a chunk at the end of the thought can hold an explicit null", async () => {
  const server = await serve("<think>Because.</think>A", { reasoningParser: true, streamInterval: 2 });
  expect((await ask(server.url)).text).toContain('"delta":{"reasoning":"Because.","content":null}');
});

test("the switch of the template reaches the parser: a text without thinking is all content", async () => {
  const server = await serve("A", { reasoningParser: true, thinkInPrompt: true });
  expect(await ask(server.url)).toMatchObject({ reasoning: "A", content: "" });
  expect(await ask(server.url, { chat_template_kwargs: { enable_thinking: false } })).toMatchObject({ reasoning: "", content: "A" });
});

test("calls are streamed with id and name first, then fragments of the arguments by index alone", async () => {
  const server = await serve('<tool_call>\n{"name": "search", "arguments": {"query": ["a long query"]}}\n</tool_call>', {
    toolParser: "hermes",
  });
  const answer = await ask(server.url, { tools: [tool] });
  expect(callsOf(answer)).toEqual([
    { id: expect.stringMatching(/^chatcmpl-tool-/), name: "search", arguments: '{"query": ["a long query"]}' },
  ]);
  const [head, ...fragments] = answer.events.flatMap((event) => event.choices?.[0]?.delta?.tool_calls ?? []);
  expect(head).toMatchObject({ index: 0, type: "function", function: { name: "search" } });
  expect(fragments.length).toBeGreaterThan(2);
  for (const fragment of fragments) expect(Object.keys(fragment)).toEqual(["index", "function"]);
  expect(answer.finishReason).toBe("tool_calls");
  expect(answer.content).toBe("");
});

test("calls of a whole answer are written anew, and its content is null", async () => {
  const server = await serve('<tool_call>{"name":"search","arguments":{"query":["a","b"]}}</tool_call>', { toolParser: "hermes" });
  const answer = await ask(server.url, { tools: [tool], stream: false });
  expect(answer.json?.choices?.[0]?.message?.content).toBeNull();
  expect(callsOf(answer)[0]?.arguments).toBe('{"query": ["a", "b"]}');
});

test("a call that is no strict JSON stays content", async () => {
  const server = await serve("<tool_call>{'name': 'search', 'arguments': {}}</tool_call>", { toolParser: "hermes" });
  const answer = await ask(server.url, { tools: [tool] });
  expect(answer.content).toContain("{'name'");
  expect([callsOf(answer), answer.finishReason]).toEqual([[], "stop"]);
});

test("a named tool ends with stop, and parallel_tool_calls: false keeps the first call", async () => {
  const call = '<tool_call>{"name": "search", "arguments": {}}</tool_call>';
  const server = await serve(call + call, { toolParser: "hermes" });
  const named = await ask(server.url, { tools: [tool], tool_choice: { type: "function", function: { name: "search" } } });
  expect([callsOf(named).length, named.finishReason]).toEqual([2, "stop"]);
  expect(callsOf(await ask(server.url, { tools: [tool], parallel_tool_calls: false }))).toHaveLength(1);
});

test("a turn whose parts were never one text", async () => {
  const calls = [
    { id: "call-1", name: "search", arguments: '{"query": ["abcdefghij"]}' },
    { name: "visit", arguments: "{not JSON" },
  ];
  const server = await serve({ kind: "turn", reasoning: "Hm.", content: "I look.", calls, fragment: 10 }, { toolParser: "hermes" });
  const answer = await ask(server.url, { tools: [tool] });
  expect(answer).toMatchObject({ reasoning: "Hm.", content: "I look.", finishReason: "tool_calls" });
  expect(callsOf(answer)).toEqual([calls[0], { ...calls[1], id: expect.stringMatching(/^chatcmpl-tool-/) }]);
  const fragments = answer.events.flatMap((event) => event.choices?.[0]?.delta?.tool_calls ?? []).map((delta) => delta.function.arguments);
  expect(fragments).toContain('{"query": ');
  const whole = await ask(server.url, { tools: [tool], stream: false });
  expect(callsOf(whole)[1]?.arguments).toBe("{not JSON");
});

test("a text whose thought came apart", async () => {
  const server = await serve({ kind: "text", text: "A", reasoning: "T" });
  expect(await ask(server.url)).toMatchObject({ reasoning: "T", content: "A", finishReason: "stop" });
});

test("401 has a body of its own, and only /v1 asks for the key", async () => {
  const server = await serve("A", { apiKey: "secret" });
  const refused = await ask(server.url);
  expect([refused.status, refused.text]).toEqual([401, '{"error":"Unauthorized"}']);
  expect((await fetch(`${server.url}/v1/models`)).status).toBe(401);
  for (const path of ["/health", "/metrics", "/version", "/load", "/ping"]) expect((await fetch(server.url + path)).status, path).toBe(200);
  expect((await ask(server.url, {}, { headers: { authorization: "Bearer secret" } })).status).toBe(200);
});

test.each<[string, object, FakeModelOptions, object]>([
  [
    "an unknown model",
    { model: "x" },
    { name: ["a", "b"] },
    { code: 404, type: "NotFoundError", param: "model", message: "The model `x` does not exist." },
  ],
  [
    "tools without a parser",
    { tools: [tool] },
    {},
    {
      code: 400,
      type: "BadRequestError",
      message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    },
  ],
  [
    "no tools",
    { tools: [] },
    { toolParser: "hermes" },
    { code: 400, type: "Bad Request", message: expect.stringContaining("`tools` must not be an empty array") },
  ],
  ["stream options of what is no stream", { stream: false, stream_options: {} }, {}, { code: 400, param: "stream_options" }],
  ["prompt_logprobs of a stream", { prompt_logprobs: 1 }, {}, { code: 400, param: "prompt_logprobs" }],
  ["an empty stop string", { stop: ["a", ""] }, {}, { code: 400, message: "stop cannot contain an empty string." }],
  ["an empty salt", { cache_salt: "" }, {}, { code: 400, param: "cache_salt" }],
  ["going on and beginning anew", { continue_final_message: true, add_generation_prompt: true }, {}, { code: 400 }],
  [
    "arguments in the history that are no JSON",
    { messages: [user("Q"), { role: "assistant", content: null, tool_calls: [{ id: "1", function: { name: "a", arguments: "{oops" } }] }] },
    {},
    { code: 400, message: "Expecting value: line 1 column 1 (char 0)" },
  ],
  [
    "an answer longer than the window",
    { max_tokens: 8_888 },
    { window: 3_072 },
    { code: 400, param: "max_tokens", message: expect.stringContaining("max_tokens=8888 cannot be greater than max_model_len=") },
  ],
])("%s is refused", async (_, fields, options, error) => {
  const server = await serve("A", options);
  const answer = await ask(server.url, fields);
  expect(errorOf(answer)).toMatchObject(error);
  expect(answer.status).toBe((error as { code: number }).code);
  expect(server.records.at(-1)?.outcome).toBe("refused");
});

test("tools that no call is wanted of need no parser", async () => {
  const server = await serve("A");
  expect((await ask(server.url, { tools: [tool], tool_choice: "none" })).content).toBe("A");
});

test("what is no JSON, or not called so, is refused", async () => {
  const server = await serve("A");
  const post = (body: string, type: string) =>
    fetch(`${server.url}/v1/chat/completions`, { method: "POST", headers: { "content-type": type }, body });
  expect((await post("{}", "text/plain")).status).toBe(400);
  expect((await post("{oops", "application/json")).status).toBe(400);
  expect((await post("{}", "application/json")).status).toBe(400);
});

test.each<[FakeModelOptions["overflowWording"], RegExp, string | null]>([
  [
    undefined,
    /^This model's maximum context length is 100 tokens\. However, you requested 60 output tokens and your prompt contains at least 41 input tokens, for a total of at least 101 tokens\./,
    "input_tokens",
  ],
  ["characters", /contains \d+ characters \(more than 160 characters, which is the upper bound for 40 input tokens\)/, "input_text"],
  ["only", /the model's context length is only 100 tokens/, "input_tokens"],
  ["too-large", /^'max_tokens' or 'max_completion_tokens' is too large: 60\./, null],
  ["decoder-prompt", /longer than the maximum model length of 100/, null],
  ["classic", /in the messages, 60 in the completion/, null],
])("a prompt too long is a 400 before any byte of a stream, in the wording %s", async (overflowWording, wording, param) => {
  const server = await serve("A", { window: 100, ...(overflowWording && { overflowWording }) });
  const answer = await ask(server.url, { messages: [user("word".repeat(60))], max_tokens: 60 });
  expect([answer.status, answer.events]).toEqual([400, []]);
  expect(errorOf(answer)).toMatchObject({ type: "BadRequestError", code: 400, param, message: expect.stringMatching(wording) });
});

test("an answer without a limit fills the rest of the window, one with a limit ends there", async () => {
  const server = await serve("word".repeat(1_000), { window: 100 });
  const full = await ask(server.url, { stream_options: { include_usage: true } });
  expect(full.finishReason).toBe("length");
  expect(full.events.at(-1)?.usage?.total_tokens).toBe(100);
  expect(await ask(server.url, { max_tokens: 3 })).toMatchObject({ content: "word".repeat(3), finishReason: "length" });
  const counted = await fetch(`${server.url}/tokenize`, { method: "POST", body: JSON.stringify({ messages: [user("What is it?")] }) });
  expect(await counted.json()).toMatchObject({ count: full.events.at(-1)?.usage?.prompt_tokens, max_model_len: 100 });
});

test("a call that max_tokens cuts has been streamed in part, and says length", async () => {
  const server = await serve('<tool_call>{"name": "search", "arguments": {"query": ["one", "two"]}}</tool_call>', {
    toolParser: "hermes",
    window: 1_000,
  });
  const answer = await ask(server.url, { tools: [tool], max_tokens: 12 });
  expect(answer.finishReason).toBe("length");
  expect(callsOf(answer)).toEqual([{ id: expect.any(String), name: "search", arguments: expect.stringMatching(/^\{"query": \[/) }]);
  expect(() => JSON.parse(callsOf(answer)[0]?.arguments ?? "")).toThrow();
});

test("the model's card, and the other paths", async () => {
  const server = await serve("A", { name: ["Tongyi", "alias"], root: "/models/tongyi", window: 4_096, version: "0.31.2" });
  const get = async (path: string) => (await fetch(server.url + path)).json();
  expect(await get("/v1/models")).toMatchObject({
    object: "list",
    data: [
      { id: "Tongyi", object: "model", root: "/models/tongyi", max_model_len: 4_096 },
      { id: "alias", max_model_len: 4_096 },
    ],
  });
  expect(await get("/version")).toEqual({ version: "0.31.2" });
  expect(await get("/load")).toEqual({ server_load: 0 });
  expect(await get("/nowhere")).toEqual({ detail: "Not Found" });
  const health = await fetch(`${server.url}/health`);
  expect([health.status, await health.text()]).toEqual([200, ""]);
  expect((await ask(server.url, { model: "alias" })).events[0]?.model).toBe("Tongyi");
  expect((await fetch(`${server.url}/v1/chat/completions`)).status).toBe(405);
  const quiet = await serve("A", { metrics: false });
  expect((await fetch(`${quiet.url}/metrics`)).status).toBe(404);
});

test("tokens go back and forth", async () => {
  const server = await serve("A");
  const post = async (path: string, body: object) =>
    (await fetch(server.url + path, { method: "POST", body: JSON.stringify(body) })).json();
  const { tokens, count } = (await post("/tokenize", { prompt: "words and 漢字" })) as { tokens: number[]; count: number };
  expect(count).toBe(tokens.length);
  expect(await post("/detokenize", { tokens })).toEqual({ prompt: "words and 漢字" });
});

test.each<[Reply, number, object]>([
  [{ kind: "status", status: 503, message: "later", headers: { "retry-after": "7" } }, 503, { error: { message: "later", code: 503 } }],
  [{ kind: "status", status: 500, message: "old", flat: true }, 500, { object: "error", message: "old" }],
  [{ kind: "overflow", wording: "too-large" }, 400, { error: { message: expect.stringContaining("is too large") } }],
])("%j is an error before any answer", async (reply, status, body) => {
  const server = await serve(reply);
  const answer = await ask(server.url);
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject(body);
});

test("an error inside a stream is a line of its 200, and then [DONE]", async () => {
  const server = await serve({ kind: "stream-error", text: "half", message: "engine died" });
  const answer = await ask(server.url);
  expect([answer.status, answer.content, answer.done, answer.finishReason]).toEqual([200, "half", true, null]);
  expect(answer.events.at(-1)).toEqual({ error: { message: "engine died", type: "InternalServerError", param: null, code: 500 } });
  expect((await ask(server.url, { stream: false })).status).toBe(500);
});
