import fc from "fast-check";
import { expect, test } from "vitest";
import { deltasOf, merged, streamOf, turnOf } from "./recorded.fixture.ts";

const chunk = (delta: object, finish?: string) => ({ choices: [{ index: 0, delta, ...(finish && { finish_reason: finish }) }] });
const said = [
  chunk({ role: "assistant", content: "" }),
  chunk({ reasoning: "想 about it" }),
  chunk({ reasoning: "…", content: "Nine " }),
  chunk({ content: "mètres 🎉" }),
  chunk({ tool_calls: [{ index: 0, id: "c1", function: { name: "search", arguments: "" } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '{"query": ["港' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '口"]}' } }] }, "tool_calls"),
  { choices: [], usage: { prompt_tokens: 7, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 4 } } },
];
const whole = streamOf(said);

test("reads thought, text, calls, finish reason and usage, also from a last chunk that holds text and finish reason together", async () => {
  expect(merged(await deltasOf(whole))).toEqual([
    { kind: "reasoning", text: "想 about it…" },
    { kind: "text", text: "Nine mètres 🎉" },
    { kind: "call", index: 0, id: "c1", name: "search", arguments: "" },
    { kind: "call", index: 0, id: "", name: "", arguments: '{"query": ["港' },
    { kind: "call", index: 0, id: "", name: "", arguments: '口"]}' },
    { kind: "ended", finishReason: "tool_calls", usage: { promptTokens: 7, completionTokens: 9, cachedTokens: 4 } },
  ]);
});

test("a stream that is cut at any byte is never taken for a complete answer", async () => {
  const finish = new TextDecoder().decode(whole).indexOf('"finish_reason":"tool_calls"');
  const finishByte = new TextEncoder().encode(new TextDecoder().decode(whole).slice(0, finish)).length;
  for (let cut = 0; cut < whole.length; cut++) {
    const last = (await deltasOf(whole.slice(0, cut))).at(-1);
    if (cut <= finishByte) expect(last, `cut at ${cut}`).toMatchObject({ kind: "failed" });
    if (last?.kind === "ended")
      expect(turnOf(await deltasOf(whole.slice(0, cut)))?.move).toMatchObject({ calls: [{ arguments: { query: ["港口"] } }] });
  }
});

test("[DONE] is not success", async () => {
  expect((await deltasOf(streamOf([chunk({ content: "half" })]))).at(-1)).toMatchObject({ kind: "failed", failure: { reason: "cut-off" } });
  expect((await deltasOf(streamOf([]))).at(-1)).toMatchObject({ kind: "failed", failure: { reason: "cut-off" } });
});

test("an error inside the stream ends it, with what it says", async () => {
  const error = { error: { message: "EngineCore died", type: "InternalServerError", param: null, code: 500 } };
  const deltas = await deltasOf(streamOf([chunk({ content: "half" }), error]));
  expect(deltas.at(-1)).toMatchObject({
    kind: "failed",
    failure: { reason: "server-error", detail: expect.stringContaining("EngineCore died") },
  });
});

test("a chunk without choices is an error, a ping is not", async () => {
  expect((await deltasOf(streamOf([{ foo: 1 }]))).at(-1)).toMatchObject({ kind: "failed", failure: { reason: "nonsense" } });
  expect((await deltasOf(streamOf([{ choices: [] }, ...said]))).at(-1)).toMatchObject({ kind: "ended" });
});

test("events that a server forgot to part are read one by one", async () => {
  const bytes = new TextEncoder().encode(`${said.map((each) => `data: ${JSON.stringify(each)}\n`).join("")}\ndata: [DONE]\n\n`);
  expect(await deltasOf(bytes)).toEqual(await deltasOf(whole));
});

test("10,000 damaged streams: no error is thrown, and what is read ends with one verdict", async () => {
  const damage = fc.record({
    at: fc.nat(whole.length - 1),
    byte: fc.nat(255),
    kind: fc.constantFrom("change", "insert", "drop", "repeat"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 6 }), async (damages) => {
      let bytes = whole;
      for (const { at, byte, kind } of damages) bytes = damaged(bytes, at % bytes.length, byte, kind);
      const deltas = await deltasOf(bytes);
      expect(deltas.filter((delta) => delta.kind === "ended" || delta.kind === "failed")).toHaveLength(1);
      turnOf(deltas);
    }),
    { numRuns: 10_000 },
  );
});

function damaged(bytes: Uint8Array, at: number, byte: number, kind: string): Uint8Array<ArrayBuffer> {
  const [before, after] = [bytes.slice(0, at), bytes.slice(at)];
  if (kind === "insert") return Uint8Array.from([...before, byte, ...after]);
  if (kind === "drop") return Uint8Array.from([...before, ...after.slice(1 + (byte % 40))]);
  if (kind === "repeat") return Uint8Array.from([...before, ...after.slice(0, 60), ...after]);
  return Uint8Array.from([...before, byte, ...after.slice(1)]);
}

const told = (content: string, logprobs: unknown) => ({ choices: [{ index: 0, delta: { content }, logprobs, finish_reason: null }] });
const half = Math.log(0.5);
const token = (text: string) => ({ token: text, logprob: half, top_logprobs: [{ logprob: half }, { logprob: half }] });

test("every token counts, also one whose chunk is told in the very words of the one before", async () => {
  const same = { content: [token("a")] };
  const sure = { content: [{ token: "a", logprob: 0, top_logprobs: [{ logprob: 0 }] }] };
  const deltas = await deltasOf(
    streamOf([told("", null), told("a", same), told("a", same), told("b", sure), told("c", sure), chunk({}, "stop")]),
  );
  expect(merged(deltas)).toMatchObject([{ kind: "text", text: "aabc" }, { kind: "ended" }]);
  const last = deltas.at(-1);
  expect(last?.kind === "ended" && last.uncertainty?.all).toBeCloseTo(Math.SQRT2, 9);
});

test.each<[string, unknown]>([
  ["null", null],
  ["a text", "soon"],
  ["no list", { content: 7 }],
  ["an empty list", { content: [] }],
  ["a list of something else", { content: [1, null, { token: 5 }, { top_logprobs: [] }] }],
  ["tokens of which nothing is told", { content: [{ token: "A", logprob: null, top_logprobs: [null, { logprob: "much" }] }] }],
])("logprobs that are %s are none, and the text is what it is", async (_, logprobs) => {
  const deltas = await deltasOf(streamOf([told("A", logprobs), told("B", logprobs), chunk({}, "stop")]));
  expect(merged(deltas)).toEqual([
    { kind: "text", text: "AB" },
    { kind: "ended", finishReason: "stop", usage: null },
  ]);
});

test("without alternatives a token's own probability counts", async () => {
  const deltas = await deltasOf(streamOf([told("A", { content: [{ token: "A", logprob: half, top_logprobs: [] }] }), chunk({}, "stop")]));
  const last = deltas.at(-1);
  expect(last?.kind === "ended" && last.uncertainty?.all).toBeCloseTo(2, 9);
});
