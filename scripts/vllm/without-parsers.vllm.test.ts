import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEvents } from "./read-events.ts";
import { runningAtMost, serveVllm, type VllmServer, windowTokens } from "./serve-vllm.ts";
import { type VllmClient, vllmClient } from "./vllm-client.ts";

let server: VllmServer;
let client: VllmClient;

beforeAll(async () => {
  server = await serveVllm("without-parsers");
  console.log(`vLLM without parsers started in ${Math.round(server.startedInMs / 1000)} s`);
  client = vllmClient(server.url);
});
afterAll(() => server?.stop());

const messages = [{ role: "user", content: "hello there" }];
const greedy = { messages, temperature: 0 };
/** Runs until somebody ends it, half a minute. */
const endless = { messages, ignore_eos: true, max_tokens: windowTokens - 100 };
/** Without a reasoning parser a grammar holds for every word, those of a thought too. */
const thoughtAndAnswer = { ...greedy, max_tokens: 60, structured_outputs: { regex: "<think>I look\\.</think>It is so\\." } };
const tool = { type: "function", function: { name: "search", parameters: { type: "object", properties: {} } } };
const words = (count: number) => [{ role: "user", content: " the".repeat(count) }];

describe("probes", () => {
  test("/health is 200 with an empty body, /version and /ping answer", async () => {
    expect(await client.get("/health")).toMatchObject({ status: 200, body: "" });
    expect(await client.get("/ping")).toMatchObject({ status: 200, body: "" });
    expect(JSON.parse((await client.get("/version")).body)).toEqual({ version: expect.stringMatching(/^\d+\.\d+/) });
    expect(JSON.parse((await client.get("/load")).body)).toEqual({ server_load: expect.any(Number) });
  });

  test("/v1/models names the window", async () => {
    const { data } = JSON.parse((await client.get("/v1/models")).body);
    expect(data).toMatchObject([{ id: "tiny", object: "model", owned_by: "vllm", max_model_len: windowTokens, root: expect.any(String) }]);
  });

  test("/tokenize counts messages as the usage of a chat does, and more than the window holds", async () => {
    const { body } = await client.post("/tokenize", { model: "tiny", messages });
    const counted = JSON.parse(body);
    expect(counted).toMatchObject({ max_model_len: windowTokens, tokens: expect.any(Array) });
    expect(counted.tokens).toHaveLength(counted.count);
    const { json } = await client.chat({ ...greedy, max_tokens: 1 });
    expect(json.usage.prompt_tokens).toBe(counted.count);
    expect(await client.count({ messages: words(5000) })).toBeGreaterThan(5000);
  });

  test("/metrics has the names we read", async () => {
    await client.chat({ ...greedy, max_tokens: 2 });
    const { body } = await client.get("/metrics");
    const names = [
      ...["num_requests_running", "num_requests_waiting", "num_requests_waiting_by_reason", "kv_cache_usage_perc"],
      ...[
        "num_preemptions_total",
        "prompt_tokens_total",
        "generation_tokens_total",
        "prefix_cache_queries_total",
        "prefix_cache_hits_total",
      ],
      ...["time_to_first_token_seconds_sum", "inter_token_latency_seconds_sum", "e2e_request_latency_seconds_sum"],
      ...["request_queue_time_seconds_sum", "request_success_total"],
    ];
    expect(names.filter((name) => !body.includes(`\nvllm:${name}{engine="0",`))).toEqual([]);
    expect(body).toMatch(/vllm:request_success_total\{engine="0",finished_reason="length",model_name="tiny"\} [1-9]/);
  });
});

describe("a stream", () => {
  test("begins with the role, ends with text and reason in one chunk, then the usage, then [DONE]", async () => {
    const allowed_token_ids = [await client.tokenOf(" the")];
    const events = await client.stream(
      { ...greedy, allowed_token_ids, max_tokens: 4, stream_options: { include_usage: true } },
      { "x-request-id": "abc" },
    );
    const [first, ...rest] = events.chunks;
    expect(first?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
    const [last, usage] = rest.slice(-2);
    expect(last?.choices).toMatchObject([{ delta: { content: " the" }, finish_reason: "length", stop_reason: null }]);
    expect(usage).toMatchObject({ choices: [], usage: { prompt_tokens: 22, completion_tokens: 4, total_tokens: 26 } });
    expect(events).toMatchObject({ isDone: true, content: " the the the the", otherLines: [], error: undefined });
    expect(new Set(events.chunks.map((chunk) => chunk.id))).toEqual(new Set(["chatcmpl-abc"]));
    expect(events.chunks.filter((chunk) => chunk.usage)).toHaveLength(1);
  });

  test("carries the usage on every chunk when asked", async () => {
    const stream_options = { include_usage: true, continuous_usage_stats: true };
    const { chunks } = await client.stream({ ...greedy, ignore_eos: true, max_tokens: 3, stream_options });
    expect(chunks.map((chunk) => chunk.usage?.completion_tokens)).toEqual([0, 1, 2, 3, 3]);
  });

  test("carries the log-probability of each token and of its rivals", async () => {
    const { chunks } = await client.stream({ ...greedy, ignore_eos: true, max_tokens: 3, logprobs: true, top_logprobs: 2 });
    const tokens = chunks.flatMap((chunk) => chunk.choices[0]?.logprobs?.content ?? []);
    expect(tokens).toHaveLength(3);
    const probability = { token: expect.any(String), logprob: expect.any(Number), bytes: expect.any(Array) };
    for (const token of tokens) expect(token).toEqual({ ...probability, top_logprobs: [probability, probability] });
  });

  test("has the thought in its content where no parser takes it out", async () => {
    const events = await client.stream(thoughtAndAnswer);
    expect(events).toMatchObject({
      content: "<think>I look.</think>It is so.",
      reasoning: "",
      finish: { reason: "stop", stopReason: null },
    });
  });

  test("sends its head at once and nothing more before the first token", async () => {
    const running = await Promise.all(Array.from({ length: runningAtMost }, () => client.open(endless)));
    await Promise.all(running.map((one) => one.first));
    const queued = await client.open({ ...greedy, max_tokens: 1 });
    expect(queued.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    await client.untilMetric("vllm:num_requests_waiting", (value) => value === 1);
    let isFirst = false;
    void queued.first.then(() => {
      isFirst = true;
    });
    await client.get("/health");
    expect(isFirst).toBe(false);
    for (const one of running) one.leave();
    expect(readEvents(await queued.whole)).toMatchObject({ isDone: true, finish: { reason: "length" } });
  });
});

describe("stop strings", () => {
  test("are cut off, named, and match the text of a thought too", async () => {
    const events = await client.stream({ ...thoughtAndAnswer, stop: ["nowhere", "ook.</th"] });
    expect(events).toMatchObject({ content: "<think>I l", finish: { reason: "stop", stopReason: "ook.</th" } });
    // What might have become a stop string was held back, one character less than the longest is long.
    expect(events.chunks.at(-1)?.choices[0]?.delta.content).toBe("I l");
  });

  test("stay when asked to", async () => {
    const events = await client.stream({ ...thoughtAndAnswer, stop: ["ook."], include_stop_str_in_output: true });
    expect(events).toMatchObject({ content: "<think>I look.", finish: { reason: "stop", stopReason: "ook." } });
  });

  test("may not be empty", async () => {
    expect(await client.chat({ ...greedy, stop: "" })).toMatchObject({
      status: 400,
      json: { error: { message: "stop cannot contain an empty string.", type: "BadRequestError", param: null, code: 400 } },
    });
  });
});

describe("the window", () => {
  test("cuts max_tokens down to what is left and says only length", async () => {
    const count = windowTokens - 5 - (await client.count({ messages: words(0) }));
    const { status, json } = await client.chat({ messages: words(count), temperature: 0, ignore_eos: true, max_tokens: 500 });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      choices: [{ finish_reason: "length" }],
      usage: { prompt_tokens: windowTokens - 5, completion_tokens: 5 },
    });
  });

  test("refuses a prompt that is longer, before any event", async () => {
    const answer = await client.open({ messages: words(windowTokens + 100), max_tokens: 10 });
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(await answer.whole)).toEqual({
      error: {
        message:
          `This model's maximum context length is ${windowTokens} tokens. However, your prompt contains at least ${windowTokens + 1} input ` +
          "tokens, which exceeds this limit even without any output tokens. Please reduce the length of the input prompt. " +
          `(parameter=input_tokens, value=${windowTokens + 1})`,
        type: "BadRequestError",
        param: "input_tokens",
        code: 400,
      },
    });
  });

  test("refuses a prompt of exactly its length with words about max_tokens", async () => {
    const count = windowTokens - (await client.count({ messages: words(0) }));
    expect(await client.chat({ messages: words(count), max_tokens: 10 })).toMatchObject({
      status: 400,
      json: { error: { message: "max_tokens must be at least 1, got 0. (parameter=max_tokens, value=0)", param: "max_tokens" } },
    });
  });

  test("refuses a very long text by its characters", async () => {
    const { status, json } = await client.chat({ messages: words(50_000), max_tokens: 10 });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: {
        message: expect.stringMatching(
          /^This model's maximum context length is 4096 tokens\. However, your prompt contains 2000\d\d characters \(more than \d+ /,
        ),
        param: "input_text",
      },
    });
  });

  test("refuses max_tokens beyond it", async () => {
    expect(await client.chat({ ...greedy, max_tokens: 5000 })).toMatchObject({
      status: 400,
      json: {
        error: {
          message:
            "max_tokens=5000 cannot be greater than max_model_len=4096. Please request fewer output tokens. (parameter=max_tokens, value=5000)",
          param: "max_tokens",
        },
      },
    });
  });

  test("is filled when max_tokens is left out", async () => {
    const count = windowTokens - 30 - (await client.count({ messages: words(0) }));
    const { json } = await client.chat({ messages: words(count), ignore_eos: true });
    expect(json).toMatchObject({ choices: [{ finish_reason: "length" }], usage: { completion_tokens: 30 } });
  });
});

describe("errors", () => {
  const refusals: [string, object, number, string, string | null][] = [
    ["an unknown model", { model: "nobody" }, 404, "The model `nobody` does not exist. Valid aliases: tiny.", "model"],
    [
      "an empty list of tools",
      { tools: [] },
      400,
      "`tools` must not be an empty array. Either provide at least one tool or omit the field entirely. (parameter=tools)",
      "tools",
    ],
    [
      "tools without a parser",
      { tools: [tool] },
      400,
      '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      null,
    ],
    [
      "a required tool without a parser",
      { tools: [tool], tool_choice: "required" },
      400,
      'tool_choice="required" requires --tool-call-parser to be set',
      null,
    ],
    [
      "stream options without a stream",
      { stream_options: { include_usage: true } },
      400,
      "Stream options can only be defined when `stream=True`. (parameter=stream_options)",
      "stream_options",
    ],
    [
      "log-probabilities of the prompt in a stream",
      { stream: true, prompt_logprobs: 1 },
      400,
      "`prompt_logprobs` are not available when `stream=True`. (parameter=prompt_logprobs)",
      "prompt_logprobs",
    ],
    [
      "continuing a message and beginning one",
      { continue_final_message: true, add_generation_prompt: true },
      400,
      "Cannot set both `continue_final_message` and `add_generation_prompt` to True.",
      null,
    ],
  ];
  test.each(refusals)("%s", async (_, body, status, message, param) => {
    const answer = await client.chat({ messages, max_tokens: 1, ...body });
    const type = status === 404 ? "NotFoundError" : "BadRequestError";
    expect(answer).toEqual({ status, json: { error: { message, type, param, code: status } } });
  });

  test("a field of a wrong type, a body that is no JSON and another content type are all Bad Request", async () => {
    const path = "/v1/chat/completions";
    const wrongType = await client.post(path, { model: "tiny", messages, max_tokens: "x" });
    const noJson = await client.post(path, "{");
    const plain = await client.post(path, { model: "tiny", messages }, { "content-type": "text/plain" });
    for (const { status } of [wrongType, noJson, plain]) expect(status).toBe(400);
    expect(JSON.parse(wrongType.body)).toMatchObject({ error: { type: "Bad Request", param: "body.max_tokens", code: 400 } });
    expect(JSON.parse(noJson.body)).toMatchObject({ error: { type: "Bad Request", param: "body.1", code: 400 } });
    expect(JSON.parse(plain.body)).toMatchObject({
      error: { message: expect.stringContaining("Unsupported Media Type: Only 'application/json' is allowed"), param: null },
    });
  });

  test("an unknown path has a body of another shape", async () => {
    expect(await client.get("/v1/nothing")).toMatchObject({ status: 404, body: '{"detail":"Not Found"}' });
  });

  test("a priority is no error without the policy, nor is a field nobody knows", async () => {
    expect((await client.chat({ ...greedy, max_tokens: 1, priority: 5, nobody_knows_this: true })).status).toBe(200);
  });
});

describe("leaving", () => {
  test.each([true, false])("ends the work, streamed: %s; it is not counted as an abort", async (stream) => {
    const left = client.begin({ ...endless, stream });
    await client.untilMetric("vllm:num_requests_running", (value) => value === 1);
    const before = await client.metric("vllm:generation_tokens_total");
    await client.untilMetric("vllm:generation_tokens_total", (value) => value > before);
    left.leave();
    await client.untilMetric("vllm:num_requests_running", (value) => value === 0);
    const after = await client.metric("vllm:generation_tokens_total");
    expect(after - before).toBeLessThan(endless.max_tokens);
    expect(await client.metric("vllm:request_success_total", 'finished_reason="abort"')).toBe(0);
  });
});

// The last of the file: no server is left. Finding the engine's process takes /proc.
test.runIf(process.platform === "linux")(
  "a dead engine: an error line in the stream, 500 for the others, 503, and the server ends",
  async () => {
    const streamed = await client.open(endless);
    await streamed.first;
    const plain = client.chat(endless);
    await client.untilMetric("vllm:num_requests_running", (value) => value === 2);
    process.kill(childOf(server.pid, "VLLM::EngineCor"), "SIGKILL");
    const error = {
      message: "EngineCore encountered an issue. See stack trace (above) for the root cause.",
      type: "InternalServerError",
      param: null,
      code: 500,
    };
    expect(readEvents(await streamed.whole)).toMatchObject({ error: { error }, isDone: true, finish: { reason: null } });
    expect(await plain).toEqual({ status: 500, json: { error } });
    await expect
      .poll(() => client.get("/health").catch((cause: NodeJS.ErrnoException) => cause.code), { timeout: 20_000 })
      .toBe("ECONNREFUSED");
  },
);

/** The child of a process whose name, which Linux cuts to 15 letters, is this. */
function childOf(parent: number, name: string): number {
  for (const entry of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, id, command, parentId] = readFileSync(`/proc/${entry}/stat`, "utf8").match(/^(\d+) \((.*)\) \S (\d+)/) ?? [];
      if (command === name && Number(parentId) === parent) return Number(id);
    } catch {
      // It ended while we looked.
    }
  }
  throw new Error(`${parent} has no child ${name}`);
}
