import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { CheckedPart } from "#lib/domain/check-up.ts";
import type { LoopbackServer } from "../../e2e/support/servers/listen.ts";
import { asDeltas, goodTurn, type Said, type ServerKind, served, startServer, tongyiName } from "./doctor/model-server.fixture.ts";
import { checkModelServers, type DoctorOptions } from "./doctor.ts";

const open: LoopbackServer[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

async function start(kind: ServerKind) {
  const server = await startServer(kind);
  open.push(server);
  return server;
}

const patience = { shortMs: 2_000, talkMs: 5_000 };
const ask = (options: Partial<DoctorOptions> & Pick<DoctorOptions, "urls">) =>
  checkModelServers({ name: tongyiName, dialect: "auto", surroundings: "machine", patience, ...options }, new AbortController().signal);

/** The one part of a server of this kind. */
async function check(kind: ServerKind, options: Partial<DoctorOptions> = {}): Promise<CheckedPart> {
  const server = await start(kind);
  const [part] = await ask({ urls: [server.url], ...options });
  if (!part) throw new Error("No part came");
  return part;
}

const says = (deltas: object[], more: object = {}) => ({ says: (): Said => ({ deltas, ...more }) });
const linesOf = (part: CheckedPart) => part.mend.map((mending) => mending.lines);

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("The system gave no port");
  return address.port;
}

test("a server as it should be works, with its figures", async () => {
  const server = await start({ ...says(asDeltas(goodTurn), { msPerDelta: 1 }) });
  const [part] = await ask({ urls: [server.url] });
  expect(part).toMatchObject({ group: "model", name: `127.0.0.1:${server.port}`, state: "works", mend: [] });
  expect(part?.says).toBe(`${tongyiName}. Thinks, calls a tool and stops at the tag, as it should.`);
  expect(part?.facts).toEqual([
    "context 131,072",
    "<think> in the text: yes",
    "tool call: read",
    expect.stringMatching(/^first token \d+ ms$/),
    expect.stringMatching(/^[\d,.]+ tokens\/s$/),
    "usage in stream: yes",
    "dialect tongyi, by its name",
    "vLLM 0.31.2",
    "metrics: yes",
    "exact token counts: yes",
  ]);
  expect(server.asked).toEqual([
    expect.objectContaining({
      model: tongyiName,
      stream: true,
      stream_options: { include_usage: true },
      stop: ["\n<tool_response>", "<tool_response>"],
    }),
  ]);
  expect(JSON.stringify(server.asked)).toContain("<tools>");
});

test.each(["/v1", "/v1/", "/", ""])("the address may end in %j", async (end) => {
  const server = await start({});
  expect((await ask({ urls: [server.url + end] }))[0]?.state).toBe("works");
});

test("a thought that opens in the template is read", async () => {
  const part = await check(says(asDeltas(goodTurn.replace("<think>", ""))));
  expect(part.state).toBe("works");
  expect(part.says).toContain("Opens in mid-thought");
});

test("a reasoning parser whose thoughts arrive whole is coped with, and said", async () => {
  const call = goodTurn.split("</think>")[1] ?? "";
  for (const field of ["reasoning", "reasoning_content"]) {
    const part = await check(says([...asDeltas("I am asked to search.", field), ...asDeltas(call)]));
    expect(part.state).toBe("limited");
    expect(part.says).toMatch(/reasoning parser.*another field.*runs work/);
    expect(part.mend).toEqual([
      {
        what: "Start vLLM without the parser flags:",
        lines: expect.stringMatching(new RegExp(`^vllm serve ${tongyiName} --port \\d+ --max-model-len 131072$`)),
        takeAway: ["--reasoning-parser", "--enable-auto-tool-choice", "--tool-call-parser"],
      },
    ]);
  }
});

test.each([
  ["swallows the call", asDeltas(goodTurn, "reasoning"), /swallows its calls/],
  ["keeps everything", asDeltas("I thought, and that is all.", "reasoning"), /all of its text arrives as thought/],
  ["drops the text", [], /It wrote 43 tokens and sent no text/],
  ["takes the call away", [{ tool_calls: [{ index: 0, id: "x", function: { name: "search", arguments: "{}" } }] }], /takes its calls out/],
])("a parser that %s is to be mended", async (_, deltas, words) => {
  const part = await check(says(deltas, { tokens: 43 }));
  expect(part.state).toBe("mend");
  expect(part.says).toMatch(words);
  expect(part.mend[0]?.takeAway).toContain("--reasoning-parser");
});

test("the command to start with serves the same weights under the same name", async () => {
  const kind = { models: [served("tongyi deep", 131_072, "/models/it's tongyi")], ...says(asDeltas(goodTurn, "reasoning")) };
  const part = await check(kind, { name: "tongyi deep", dialect: "tongyi" });
  expect(linesOf(part)[0]).toMatch(
    /^vllm serve '\/models\/it'\\''s tongyi' --served-model-name 'tongyi deep' --port \d+ --max-model-len 131072$/,
  );
});

test.each([
  ["writes no JSON", "<think>a</think><tool_call>search(Velsund)</tool_call>", {}, /not JSON/],
  ["calls nothing", "<think>a</think>Velsund is a harbour.", {}, /it did not/],
  ["is cut at the limit", "<think>I think, and think", { finishReason: "length", tokens: 1024 }, /still thinking after 1,024 tokens/],
  ["thinks nothing", goodTurn.split("</think>")[1] ?? "", {}, /no thought comes with it/],
  ["goes on after its call", `${goodTurn}\n<tool_response>\nmade up`, {}, /ignores stop strings/],
])("a model that %s is limited", async (_, text, more, words) => {
  const part = await check(says(asDeltas(text), more));
  expect(part.state).toBe("limited");
  expect(part.says).toMatch(words);
});

test("a call with loose JSON reads as it does in a run", async () => {
  expect((await check(says(asDeltas("<think>a</think><tool_call>{name: 'search', arguments: {query: ['x'],},}</tool_call>")))).state).toBe(
    "works",
  );
});

test.each([
  [32_768, "limited", /32,768 tokens of context, so long runs will end early/],
  [8_192, "mend", /8,192 tokens of context, too few/],
])("a window of %d is told with the flag", async (window, state, words) => {
  const part = await check({ models: [served(tongyiName, window)] });
  expect(part.state).toBe(state);
  expect(part.says).toMatch(words);
  expect(linesOf(part)).toContain("--max-model-len 131072");
});

test("a small window leaves room for the question", async () => {
  const server = await start({ models: [served(tongyiName, 2_048)] });
  await ask({ urls: [server.url] });
  expect(server.asked[0]?.max_tokens).toBe(512);
});

test("a server that tells no window and no version still works", async () => {
  const part = await check({ models: [{ id: tongyiName, object: "model" }], version: null, metrics: null });
  expect(part.state).toBe("works");
  expect(part.facts).toEqual(expect.arrayContaining(["context not told", "version not told", "metrics: no"]));
});

test.each([
  ["no usage", { tokens: null }, "limited", "--enable-force-include-usage", /no usage/],
  ["no finish reason", { finishReason: null }, "mend", "proxy_buffering off;\nproxy_read_timeout 3600s;", /without a finish reason/],
])("a stream with %s is told", async (_, more, state, lines, words) => {
  const part = await check(says(asDeltas(goodTurn), more));
  expect(part.state).toBe(state);
  expect(part.says).toMatch(words);
  expect(linesOf(part)).toEqual([lines]);
});

test("nothing listens: the command that starts it", async () => {
  const port = await freePort();
  const [part] = await ask({ urls: [`http://127.0.0.1:${port}/v1`] });
  expect(part).toMatchObject({ name: `127.0.0.1:${port}`, state: "mend", facts: [] });
  expect(part?.says).toMatch(/^Nothing listens at 127\.0\.0\.1:\d+/);
  expect(part && linesOf(part)).toEqual([`vllm serve ${tongyiName} --port ${port} --max-model-len 131072`]);
});

test("localhost from inside a container is the container, and the other replica is kept in the line", async () => {
  const port = await freePort();
  const other = await start({});
  const [part] = await ask({ urls: [`http://localhost:${port}`, `${other.url}/v1`], surroundings: "container" });
  expect(part?.state).toBe("mend");
  expect(part?.says).toContain("localhost is the container itself");
  expect(part && linesOf(part)).toEqual([
    `MODEL_BASE_URL=http://host.docker.internal:${port},${other.url}/v1`,
    'extra_hosts:\n  - "host.docker.internal:host-gateway"',
  ]);
  const [inPod] = await ask({ urls: [`http://127.0.0.1:${port}`], surroundings: "pod" });
  expect(inPod?.says).toContain("the pod itself");
});

test.each([
  [
    "http://no-such-machine.invalid:8000",
    /No machine called no-such-machine\.invalid/,
    "MODEL_BASE_URL=http://no-such-machine.invalid:8000",
  ],
  ["http://127.0.0.1:6000", /Port 6000 is one that HTTP clients refuse/, `vllm serve ${tongyiName} --port 8000 --max-model-len 131072`],
])("%s is told with what mends it", async (url, words, lines) => {
  const [part] = await ask({ urls: [url] });
  expect(part?.state).toBe("mend");
  expect(part?.says).toMatch(words);
  expect(part && linesOf(part)).toEqual([lines]);
});

test("a server that does not answer in time", async () => {
  const part = await check({ instead: () => true }, { patience: { shortMs: 200, talkMs: 500 } });
  expect(part.state).toBe("mend");
  expect(part.says).toMatch(/did not answer within 0\.2 s/);
  expect(linesOf(part)[0]).toMatch(/^curl -m 5 /);
});

test("https asked of a server that speaks http", async () => {
  const server = await start({});
  const [part] = await ask({ urls: [server.url.replace("http:", "https:")] });
  expect(part?.says).toMatch(/does not speak https/);
  expect(part && linesOf(part)).toEqual([`MODEL_BASE_URL=${server.url}`]);
});

test("something that speaks no HTTP", async () => {
  const telnet = createServer((socket) => void socket.once("data", () => socket.end("220 mail ready\r\n")));
  await new Promise<void>((resolve) => telnet.listen(0, "127.0.0.1", resolve));
  const address = telnet.address();
  const [part] = await ask({ urls: [`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`] });
  telnet.close();
  expect(part?.says).toMatch(/does not speak HTTP/);
});

test.each([
  [undefined, /asks for a key, and MODEL_API_KEY is not set \(401/],
  ["sk-a-wrong-secret", /refuses the key in MODEL_API_KEY \(401/],
])("a key of %s is refused", async (apiKey, words) => {
  const part = await check({ key: "the-right-one" }, { apiKey });
  expect(part.state).toBe("mend");
  expect(part.says).toMatch(words);
  expect(linesOf(part)).toEqual(["MODEL_API_KEY=the-key-of-that-server"]);
});

test("the right key works, and is in no answer, even where the server repeats it", async () => {
  const apiKey = "sk-very-secret-0123456789";
  const right = await check({ key: apiKey }, { apiKey });
  expect(right.state).toBe("works");
  const parrot = await check(
    {
      instead: (request, response) => {
        response.writeHead(403, { "content-type": "application/json" });
        response.end(JSON.stringify({ error: { message: `Incorrect API key provided: ${request.headers.authorization}` } }));
        return true;
      },
    },
    { apiKey },
  );
  expect(parrot.says).toContain("Incorrect API key provided");
  expect(JSON.stringify([right, parrot])).not.toContain(apiKey);
});

test.each(["http://me:hunter2@gpu:8000/v1", "http://gpu:8000/v1?token=hunter2", "http://:hunter2@gpu:8000"])(
  "what an address may not hold is refused, and not shown: %s",
  async (url) => {
    const [part] = await ask({ urls: [url] });
    expect(part).toMatchObject({ name: "gpu:8000", state: "mend" });
    expect(part && linesOf(part)[0]).toMatch(/^MODEL_BASE_URL=http:\/\/gpu:8000(\/v1)?$/);
    expect(JSON.stringify(part)).not.toContain("hunter2");
  },
);

test("without a name the line to set is told", async () => {
  const part = await check({}, { name: "", dialect: "plain", setting: "SUMMARY_MODEL" });
  expect(part.says).toBe(`SUMMARY_MODEL_NAME is not set. It serves ${tongyiName}.`);
  expect(linesOf(part)).toEqual([`SUMMARY_MODEL_NAME=${tongyiName}`]);
});

test("a name with Ollama's tag counts as served", async () => {
  expect((await check({ models: [served(`${tongyiName}:latest`)] })).state).toBe("works");
});

const html = "<!doctype html><title>A router</title>";
test.each<[string, string, ServerKind["instead"], RegExp, (url: string) => string]>([
  ["a doubled /v1", "/v1/v1", undefined, /no list of models.*\(404\).*list of models is at/, (url) => `MODEL_BASE_URL=${url}`],
  ["the address of completions", "/v1/chat/completions", undefined, /\(404\).*list of models is at/, (url) => `MODEL_BASE_URL=${url}`],
  [
    "a web page",
    "/ui",
    (request, response) =>
      request.url?.startsWith("/ui") === true && Boolean(response.writeHead(200, { "content-type": "text/html" }).end(html)),
    /A web page answers.*list of models is at/,
    (url) => `MODEL_BASE_URL=${url}`,
  ],
  [
    "a redirect",
    "/old",
    (request, response) =>
      request.url?.startsWith("/old") === true && Boolean(response.writeHead(308, { location: request.url.slice(4) }).end()),
    /sends requests on to another address \(308\)/,
    (url) => `MODEL_BASE_URL=${url}`,
  ],
  [
    "another program",
    "",
    (_, response) => Boolean(response.writeHead(404).end("nothing here")),
    /\(404\).*must be that of/,
    () => "MODEL_BASE_URL=http://127.0.0.1:8000",
  ],
  [
    "other JSON",
    "",
    (_, response) => Boolean(response.end('{"hello": 1}')),
    /is not a list of models/,
    () => "MODEL_BASE_URL=http://127.0.0.1:8000",
  ],
  ["a loading server", "", (_, response) => Boolean(response.writeHead(503).end()), /answers 503.*still loading/, () => "vllm serve"],
])("%s instead of a list of models", async (_, path, instead, words, line) => {
  const server = await start(instead ? { instead } : {});
  const [part] = await ask({ urls: [server.url + path] });
  expect(part?.state).toBe("mend");
  expect(part?.says).toMatch(words);
  expect(part && linesOf(part)[0]).toContain(line(server.url));
});

test("another model is served: the line to set", async () => {
  const part = await check({ models: [served("Qwen/Qwen3-32B"), served("lora")] });
  expect(part.state).toBe("mend");
  expect(part.says).toBe(`It does not serve ${tongyiName}. It serves Qwen/Qwen3-32B, lora.`);
  expect(linesOf(part)).toEqual(["MODEL_NAME=Qwen/Qwen3-32B", `--served-model-name ${tongyiName}`]);
});

test("a name that a server made up to be pasted into a shell stays one word", async () => {
  const part = await check({ models: [served("x; rm -rf ~ '\n#")] });
  expect(linesOf(part)[0]).toBe(String.raw`MODEL_NAME='x; rm -rf ~ '\''#'`);
});

test("an engine that has died", async () => {
  const part = await check({ health: 503, says: () => ({ status: 500, body: '{"error": {"message": "EngineDeadError"}}' }) });
  expect(part.state).toBe("mend");
  expect(part.says).toMatch(/A completion fails \(500, “EngineDeadError”\).*engine has died/);
});

test.each<[string, Said, string, RegExp]>([
  ["an error in the stream", { error: "CUDA out of memory" }, "mend", /an error came in the stream: “CUDA out of memory”/],
  ["no chat template", { status: 400, body: '{"error": {"message": "you must provide a chat template"}}' }, "mend", /no chat template/],
  ["too many requests", { status: 429, body: "" }, "limited", /takes no more requests.*\(429\)/],
  ["no chat completions", { status: 404, body: '{"detail":"Not Found"}' }, "mend", /no chat completions \(404/],
  ["no stream", { status: 200, body: '{"choices": []}' }, "mend", /it does not stream/],
  [
    "another refusal",
    { status: 400, body: '{"object":"error","message":"no presence_penalty here"}' },
    "mend",
    /refuses a completion \(400, “no presence_penalty here”\)/,
  ],
])("%s", async (_, said, state, words) => {
  const part = await check({ says: () => said });
  expect(part.state).toBe(state);
  expect(part.says).toMatch(words);
});

test("a server that hangs is told from one that is busy", async () => {
  const hurried = { patience: { shortMs: 2_000, talkMs: 300 } };
  const hangs = await check({ says: () => "nothing" }, hurried);
  expect(hangs).toMatchObject({ state: "mend", says: "It takes a request and sends nothing for 0.3 s." });
  const metrics =
    'vllm:num_requests_running{engine="0"} 12.0\nvllm:num_requests_running{engine="1"} 4.0\nvllm:num_requests_waiting{engine="0"} 30.0\nvllm:generation_tokens_total{engine="0"} 5.0\n';
  const busy = await check({ says: () => "nothing", metrics }, hurried);
  expect(busy).toMatchObject({ state: "limited", says: expect.stringContaining("16 requests ran and 30 waited") });
});

test("a slow server is told so after the time it has, and let go", async () => {
  const part = await check(says(asDeltas(goodTurn.repeat(9)), { msPerDelta: 60 }), { patience: { shortMs: 2_000, talkMs: 500 } });
  expect(part).toMatchObject({ state: "limited", says: expect.stringMatching(/slow: a short answer was not finished after 0\.5 s/) });
});

const call = (args: string) => [
  { tool_calls: [{ index: 0, id: "chatcmpl-tool-1", type: "function", function: { name: "search", arguments: "" } }] },
  { tool_calls: [{ index: 0, function: { arguments: args } }] },
];
const qwen = { models: [served("Qwen/Qwen3-32B")] };
const native = { name: "Qwen/Qwen3-32B", dialect: "native" } as const;
const parsed = call('{"query": ["Velsund harbour"]}');
const noParser: Said = {
  status: 400,
  body: JSON.stringify({
    error: {
      message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      type: "BadRequestError",
      param: null,
      code: 400,
    },
  }),
};

test("native: calls and thoughts that come apart work", async () => {
  const server = await start({
    ...qwen,
    says: () => ({ deltas: [...asDeltas("I search.", "reasoning"), ...parsed], finishReason: "tool_calls" }),
  });
  const [part] = await ask({ urls: [server.url], ...native });
  expect(part).toMatchObject({ state: "works", says: expect.stringContaining("Thinks apart, calls a tool, and the server parses it.") });
  expect(part?.facts).toContain("thoughts in a field of their own");
  expect(server.asked[0]).toMatchObject({ tools: [{ type: "function", function: { name: "search" } }], tool_choice: "auto" });
});

test.each<[string, string, Said, string, RegExp, string[]]>([
  [
    "without a parser",
    "Qwen/Qwen3-32B",
    noParser,
    "mend",
    /without a tool-call parser/,
    ["--enable-auto-tool-choice --tool-call-parser hermes"],
  ],
  [
    "without a parser",
    "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    noParser,
    "mend",
    /without/,
    ["--enable-auto-tool-choice --tool-call-parser qwen3_coder"],
  ],
  [
    "with raw calls",
    "zai-org/GLM-4.6",
    { deltas: asDeltas("<tool_call>search\n<arg_key>query</arg_key></tool_call>") },
    "mend",
    /as plain text/,
    ["--enable-auto-tool-choice --tool-call-parser glm45"],
  ],
  [
    "with raw calls",
    "openai/gpt-oss-20b",
    { deltas: asDeltas('<|channel|>commentary to=functions.search {"query":["x"]}') },
    "mend",
    /as plain text/,
    ["--enable-auto-tool-choice --tool-call-parser openai"],
  ],
  [
    "with broken arguments",
    "mistralai/Mistral-Small",
    { deltas: call('{"query": [') },
    "mend",
    /no JSON/,
    ["--enable-auto-tool-choice --tool-call-parser mistral"],
  ],
  [
    "with thoughts in the text",
    "Qwen/Qwen3-32B",
    { deltas: [...asDeltas("<think>\nI search.\n</think>\n"), ...parsed] },
    "limited",
    /thoughts arrive within its text/,
    ["--reasoning-parser qwen3"],
  ],
  [
    "with a call in the thought",
    "deepseek-ai/DeepSeek-V3.1",
    { deltas: asDeltas("<｜tool▁calls▁begin｜>search", "reasoning") },
    "mend",
    /within its thought/,
    ["--enable-auto-tool-choice --tool-call-parser deepseek_v31"],
  ],
  ["without a call", "Qwen/Qwen3-32B", { deltas: asDeltas("Velsund is a harbour.") }, "limited", /answered without one/, []],
  [
    "cut at the limit",
    "Qwen/Qwen3-32B",
    { deltas: asDeltas("Hm.", "reasoning"), finishReason: "length", tokens: 1024 },
    "limited",
    /after 1,024 tokens/,
    [],
  ],
  [
    "that says nothing",
    "moonshotai/Kimi-K2-Instruct",
    { deltas: [] },
    "mend",
    /neither text nor a call/,
    ["--enable-auto-tool-choice --tool-call-parser kimi_k2"],
  ],
])("native: a server %s (%s)", async (_, name, said, state, words, lines) => {
  const part = await check({ models: [served(name)], says: () => said }, { name, dialect: "native" });
  expect(part.state).toBe(state);
  expect(part.says).toMatch(words);
  expect(linesOf(part)).toEqual(lines);
});

test.each([
  ["Qwen/Qwen3-32B", goodTurn, "hermes"],
  ["Qwen/Qwen3-Coder-30B-A3B-Instruct", "<function=search>\n<parameter=query>\nVelsund\n</parameter>\n</function>", "qwen3_coder"],
])("native: a call of %s that Dossier reads itself is no fault, but told with the flags", async (name, text, parser) => {
  const part = await check({ models: [served(name)], ...says(asDeltas(text)) }, { name, dialect: "native" });
  expect(part).toMatchObject({ state: "limited", says: expect.stringContaining("Dossier reads this form itself") });
  expect(linesOf(part)).toEqual([`--enable-auto-tool-choice --tool-call-parser ${parser}`]);
});

test("auto: native where calls are parsed", async () => {
  const part = await check({ ...qwen, says: () => ({ deltas: parsed }) }, { name: native.name });
  expect(part.state).toBe("works");
  expect(part.facts).toContain("dialect native, because it takes tools");
});

test("auto: native where the model was asked and did not call", async () => {
  const part = await check({ ...qwen, ...says(asDeltas("Good day.")) }, { name: native.name });
  expect(part).toMatchObject({ state: "limited", says: expect.stringContaining("answered without one") });
  expect(part.facts).toContain("dialect native, because it takes tools");
});

test("auto: text where calls are left in the text", async () => {
  const part = await check({ ...qwen, ...says(asDeltas(goodTurn)) }, { name: native.name });
  expect(part).toMatchObject({ state: "limited", says: expect.stringMatching(/as plain text.*speaks its text protocol instead/) });
  expect(part.facts).toContain("dialect tongyi, because calls are not parsed");
});

test("auto: a server that is down is asked once", async () => {
  const server = await start({ ...qwen, says: () => ({ status: 500, body: "" }) });
  expect((await ask({ urls: [server.url], name: native.name }))[0]?.state).toBe("mend");
  expect(server.asked).toHaveLength(1);
});

test("auto: text where tools are refused, with the flags that would be better", async () => {
  const part = await check({ ...qwen, says: (body) => (body.tools ? noParser : { deltas: asDeltas(goodTurn) }) }, { name: native.name });
  expect(part.state).toBe("limited");
  expect(part.says).toMatch(/refuses tools.*text protocol instead/);
  expect(linesOf(part)).toEqual(["--enable-auto-tool-choice --tool-call-parser hermes"]);
  expect(part.facts).toEqual(expect.arrayContaining(["dialect tongyi, because calls are not parsed", "usage in stream: yes"]));
});

test("auto: where neither brings a call, the native flags mend it", async () => {
  const part = await check({ ...qwen, says: (body) => (body.tools ? noParser : { deltas: asDeltas("Good day.") }) }, { name: native.name });
  expect(part.state).toBe("mend");
  expect(part.facts).toContain("dialect tongyi, because calls are not parsed");
});

test("the model that extracts from pages is only asked for text, under its own settings", async () => {
  const server = await start({ models: [served("small", 32_768)], says: () => ({ deltas: asDeltas("Bergen, Stavanger and Ålesund.") }) });
  const [part] = await ask({ urls: [server.url], name: "small", dialect: "plain", setting: "SUMMARY_MODEL" });
  expect(part).toMatchObject({ group: "summary-model", state: "limited", says: expect.stringContaining("only the beginning is read") });
  const [absent] = await ask({ urls: [server.url], name: "large", dialect: "plain", setting: "SUMMARY_MODEL" });
  expect(absent && linesOf(absent)[0]).toBe("SUMMARY_MODEL_NAME=small");
});

test("replicas that differ: the odd one is told", async () => {
  const kinds = [served(tongyiName), served(tongyiName, 200_000), served(tongyiName)].map((card) => start({ models: [card] }));
  const servers = await Promise.all(kinds);
  const parts = await ask({ urls: servers.map((server) => server.url) });
  expect(parts.map((part) => part.state)).toEqual(["works", "limited", "works"]);
  const short = await Promise.all([served(tongyiName), served(tongyiName, 32_768)].map((card) => start({ models: [card] })));
  const [, shorter] = await ask({ urls: short.map((server) => server.url) });
  expect(shorter && linesOf(shorter)).toEqual(["--max-model-len 131072"]);
  expect(parts[1]?.says).toMatch(/Its window is 200,000, the other replicas' 131,072/);
  const weights = await Promise.all(["/models/a", "/models/b"].map((root) => start({ models: [served(tongyiName, 131_072, root)] })));
  const [, second] = await ask({ urls: weights.map((server) => server.url) });
  expect(second?.says).toMatch(/It serves \/models\/b, the other replicas \/models\/a/);
});

test("the same server named twice is asked once", async () => {
  const server = await start({});
  expect(await ask({ urls: [server.url, `${server.url}/v1`] })).toHaveLength(1);
  expect(server.asked).toHaveLength(1);
});

test("servers are asked side by side", async () => {
  const servers = await Promise.all([1, 2, 3, 4].map(() => start(says(asDeltas(goodTurn), { msPerDelta: 10 }))));
  const began = performance.now();
  const parts = await ask({ urls: servers.map((server) => server.url) });
  const took = performance.now() - began;
  expect(took).toBeLessThan(parts.reduce((sum, part) => sum + part.durationMs, 0));
});

test("an abort ends it", async () => {
  const server = await start({ says: () => "nothing" });
  const leaving = new AbortController();
  const checking = checkModelServers({ urls: [server.url], name: tongyiName, dialect: "tongyi", patience }, leaving.signal);
  setTimeout(() => leaving.abort(new Error("left")), 100);
  await expect(checking).rejects.toThrow("left");
});
