import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { chatChunkSchema } from "./chat-chunk.ts";
import { native } from "./dialects/native.ts";
import { readTurn } from "./dialects/tongyi-read.ts";
import { callsOf, deltasOf, merged, streamOf, turnOf } from "./recorded.fixture.ts";

const realData = process.env.REAL_DATA;
const files = (pattern: string) => (realData ? globSync(join(realData, pattern)).sort() : []);
const json = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** How many of each set went through, printed at the end. */
const counts: Record<string, Record<string, number>> = {};
const count = (set: string, what: string) => {
  counts[set] ??= {};
  counts[set][what] = (counts[set][what] ?? 0) + 1;
};
afterAll(() => {
  if (realData) console.log(JSON.stringify(counts, null, 2));
});

const sizes = [1, 2, 3, 7, 64, 1_000];
/** Long streams are not taken byte by byte: each byte is a turn of the event loop. */
async function sameInAnyPortions(bytes: Uint8Array, set: string) {
  const whole = merged(await deltasOf(bytes));
  for (const size of sizes.filter((each) => bytes.length / each < 200_000))
    expect(merged(await deltasOf(bytes, size)), `portions of ${size}`).toEqual(whole);
  count(set, "streams, each in 6 ways of portions");
  return whole;
}

const goldSchema = z.object({
  expected_output: z.object({
    normal_content: z.string(),
    reasoning_content: z.string().optional(),
    tool_calls: z.array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) })).optional(),
  }),
  input_stream: z.array(z.object({ data: z.unknown() })),
});

describe.skipIf(!realData)("sse-dynamo", () => {
  const set = "sse-dynamo";
  test.each(files("sse-dynamo/**/{vllm,sglang}/*/*.json").map((file) => [basename(file), file] as const))(
    "%s: the gold",
    async (name, file) => {
      const { expected_output: gold, input_stream } = goldSchema.parse(json(file));
      // The recordings end with their last token: a finish reason is what a server would add.
      const chunks = input_stream.map((each) => each.data);
      const last = { choices: [{ index: 0, delta: {}, finish_reason: name.includes("length") ? "length" : "stop" }] };
      const turn = turnOf(await sameInAnyPortions(streamOf([...chunks, last]), set));
      const calls = gold.tool_calls ?? [];
      expect(callsOf(turn)).toEqual(calls.map((call) => ({ tool: call.function.name, arguments: JSON.parse(call.function.arguments) })));
      if (name.includes("finish_length")) {
        // Its gold has three words that its stream lacks, and calls an unfinished thought content; in vLLM's own parser tests it is a thought.
        expect(gold.normal_content.startsWith(turn?.raw ?? "nothing")).toBe(true);
        expect(turn?.thought).toBe(turn?.raw.replace("<think>", "").trim());
        count(set, "with gold that its own stream contradicts");
        return;
      } else {
        const aside = calls.length > 0 ? gold.normal_content.trim() : "";
        expect(turn?.thought).toBe([(gold.reasoning_content ?? "").trim(), aside].filter(Boolean).join("\n\n"));
        if (calls.length === 0) expect(turn?.move).toEqual({ kind: "answer", text: gold.normal_content.trim() });
      }
      count(set, "with gold: thought, text and calls exact");
    },
  );

  test.each(files("sse-dynamo/**/replays/**/{*.sse,*streaming*,valid*,invalid*}").map((file) => [basename(file), file] as const))(
    "%s: never throws, and says what it is",
    async (name, file) => {
      const bytes = new Uint8Array(readFileSync(file));
      const deltas = await sameInAnyPortions(bytes, set);
      const last = deltas.at(-1);
      if (/chat-completion|\.sse$/.test(name)) expect(last).toMatchObject({ kind: "ended" });
      else if (/comments|multi-line/.test(name))
        expect(last).toMatchObject({ kind: "failed", failure: { reason: "cut-off" } }); // no finish reason in them
      else expect(last).toMatchObject({ kind: "failed", failure: { reason: expect.stringMatching(/nonsense|empty/) } }); // other APIs, [DATA], chunks without choices
      const text = deltas.map((delta) => (delta.kind === "text" ? delta.text : "")).join("");
      if (/comments|multi-line|^valid/.test(name)) expect(text).toBe("Deep learning");
      if (name.endsWith(".sse")) expect(callsOf(turnOf(deltas))).toEqual([{ tool: "list_directory", arguments: { path: "/tmp" } }]);
      count(set, last?.kind === "ended" ? "complete" : `told as ${last?.kind === "failed" ? last.failure.reason : "nothing"}`);
    },
  );
});

describe.skipIf(!realData)("sse-vercel-ai", () => {
  const set = "sse-vercel-ai";
  const streams = files(
    "sse-vercel-ai/packages/{openai-compatible,alibaba,deepseek,openai,azure,xai,groq,mistral,moonshotai}/**/*.chunks.txt",
  );
  test.each(streams.map((file) => [file.slice((realData ?? "").length), file] as const))("%s", async (_, file) => {
    const chunks = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    const deltas = await sameInAnyPortions(streamOf(chunks), set);
    const read = chunks.map((chunk) => chatChunkSchema.safeParse(chunk));
    const isChat = read.every((each) => each.success && each.data.choices);
    if (!isChat) {
      expect(deltas.at(-1)).toMatchObject({ kind: "failed", failure: { reason: "nonsense" } });
      return count(set, "streams of another API, told as nonsense");
    }
    // The gold is what stands in the chunks, joined.
    const parts = read.flatMap((each) => each.data?.choices?.[0]?.delta ?? []);
    expect(textOf(deltas, "text")).toBe(parts.map((part) => part.content ?? "").join(""));
    expect(textOf(deltas, "reasoning")).toBe(parts.map((part) => part.reasoning ?? part.reasoning_content ?? "").join(""));
    const turn = turnOf(deltas);
    if (file.includes("qwen3-coder")) expect(callsOf(turn)).toEqual([{ tool: "get_weather", arguments: { city: "Lisbon" } }]);
    else for (const call of callsOf(turn)) expect(call).toHaveProperty("arguments");
    count(set, "chat streams, thought and text exact");
  });

  const whole = files("sse-vercel-ai/packages/{openai-compatible,alibaba,azure,openai,groq,mistral,moonshotai}/**/*.json");
  const messageSchema = z.object({
    choices: z.array(z.object({ message: z.record(z.string(), z.unknown()), finish_reason: z.string() })).min(1),
  });
  test("whole answers, sent as one chunk, keep thought, text and calls", async () => {
    for (const file of whole) {
      const parsed = messageSchema.safeParse(json(file));
      if (!parsed.success) continue;
      const [choice] = parsed.data.choices;
      if (!choice || (typeof choice.message.content === "object" && choice.message.content !== null)) continue; // mistral's parts
      const turn = turnOf(
        await deltasOf(streamOf([{ choices: [{ index: 0, delta: choice.message, finish_reason: choice.finish_reason }] }])),
      );
      const { content, reasoning_content: reasoning, tool_calls: calls } = choice.message;
      expect(turn?.raw ?? "", file).toBe(String(content ?? "").trim());
      if (typeof reasoning === "string" && !reasoning.includes("<tool_call>")) expect(turn?.thought, file).toContain(reasoning.trim());
      if (Array.isArray(calls))
        expect(callsOf(turn), file).toEqual(
          calls.map((call) => ({ tool: call.function.name, arguments: JSON.parse(call.function.arguments) })),
        );
      count(set, "whole answers, exact");
    }
  });
});

const textOf = (deltas: Awaited<ReturnType<typeof deltasOf>>, kind: "text" | "reasoning") =>
  deltas.map((delta) => (delta.kind === kind ? delta.text : "")).join("");

describe.skipIf(!realData)("vllm-tests", () => {
  const set = "vllm-tests";
  const reasoningCases = z.array(
    z.object({
      parser: z.string(),
      case: z.string(),
      output: z.string(),
      reasoning: z.string().nullable(),
      content: z.string().nullable(),
    }),
  );
  const cases = realData ? reasoningCases.parse(json(join(realData, "vllm-tests/reasoning_cases.json"))) : [];
  const read = (output: string) => {
    const reader = native.listen();
    reader.push({ kind: "text", text: output });
    return reader.end("stop");
  };

  test.each(
    cases
      .filter(({ parser }) => parser === "qwen3" || parser === "deepseekr1")
      .map((each) => [`${each.parser} ${each.case}`, each] as const),
  )("%s: thought and text as vLLM's parser parts them", (_, { case: name, output, reasoning, content }) => {
    const { thought, move } = read(output);
    const text = move.kind === "answer" ? move.text : "";
    if (name === "WITHOUT_THINK") {
      // A server that has no parser tells nothing about its prompt: a turn without any tag is what the model said.
      expect(text).toBe(reasoning);
      return count(set, "reasoning: told otherwise, since only the server knows its prompt");
    }
    expect(thought).toBe((reasoning ?? "").trim());
    if (content?.startsWith("<tool_call>"))
      expect(move).toEqual({ kind: "calls", calls: [{ tool: "bash", arguments: { command: "cat /etc/hosts" } }] });
    else expect(text).toBe(content ?? "");
    count(set, "reasoning: exact (qwen3, deepseek_r1)");
  });

  test("the cases of all parsers never throw, in either dialect", () => {
    for (const { output } of cases) {
      read(output);
      readTurn(output, "stop");
      count(set, "reasoning: read without an error (all parsers)");
    }
  });

  const toolCases = z.array(z.record(z.string(), z.unknown()));
  const tools = realData ? toolCases.parse(json(join(realData, "vllm-tests/tool_parser_cases.json"))) : [];
  test("calls of families with gold are read, and none is made up of what is malformed", () => {
    for (const each of tools) {
      const texts = Object.entries(each).flatMap(([key, value]) =>
        key.endsWith("_output") || key === "raw" ? [[key, String(value)] as const] : [],
      );
      for (const [key, text] of texts) {
        const { move } = read(text);
        readTurn(text, "stop");
        count(set, "calls: read without an error (all parsers)");
        if (each.parser_name === "qwen3_xml" && key === "single_tool_call_output") {
          expect(move).toEqual({
            kind: "calls",
            calls: [{ tool: each.single_tool_call_expected_name, arguments: each.single_tool_call_expected_args }],
          });
          count(set, "calls: exact (qwen3_xml)");
        }
        if (each.parser_name === "qwen3_xml" && key === "parallel_tool_calls_output") {
          expect(move.kind === "calls" && move.calls.map((call) => call.tool)).toEqual(each.parallel_tool_calls_names);
          count(set, "calls: exact (qwen3_xml)");
        }
        if (each.file === "test_hermes_tool_parser.py") {
          expect(move).toMatchObject({ kind: "calls", calls: [{ problem: expect.any(String) }] });
          count(set, "calls: unbalanced, told to the model (hermes)");
        }
      }
      for (const malformed of Array.isArray(each.malformed_input_outputs) ? each.malformed_input_outputs.map(String) : []) {
        const { move } = read(malformed);
        if (move.kind === "calls") for (const call of move.calls) expect(call, malformed).toHaveProperty("problem");
        count(set, "calls: malformed, none carried out");
      }
    }
  });
});

describe.skipIf(!realData)("bfcl-hermes", () => {
  const set = "bfcl-hermes";
  const resultSchema = z.object({ result: z.string() });

  test("every completion is read, and every call that is carried out stands in its text", () => {
    for (const file of files("bfcl-hermes/**/*_result.json")) {
      for (const line of readFileSync(file, "utf8")
        .split("\n")
        .filter((each) => each.trim() !== "")) {
        const { result } = resultSchema.parse(JSON.parse(line));
        const reader = native.listen();
        reader.push({ kind: "text", text: result });
        const calls = callsOf({ ...reader.end("stop") });
        readTurn(result, "stop");
        count(set, "completions");
        if (result.includes("<tool_call>")) expect(calls.length, result).toBeGreaterThan(0);
        for (const call of calls) {
          if ("problem" in call) count(set, "calls told to the model as unreadable");
          else {
            expect(result).toContain(call.tool);
            for (const leaf of leavesOf(call.arguments)) expect(plain(result), `${leaf} in ${result}`).toContain(plain(leaf));
            count(set, "calls read, each with name and values in the text");
          }
        }
      }
    }
    expect(counts[set]?.completions).toBe(1_507);
  });
});

/** Every text and number in some arguments. */
function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leavesOf);
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 1e6 ? [String(value)] : [];
}

/** Without what escaping changes. */
const plain = (text: string) => text.replace(/\\[ntr]|\\u[0-9a-f]{4}|[\s\\'"`,]/gi, "").replace(/[^\x20-\x7e]/g, "");
