import fc from "fast-check";
import { expect, test } from "vitest";
import { readChunks } from "./chat-chunk.ts";
import { shapeOf } from "./chunk-shape.ts";

const chunk = (delta: object, more: object = {}) => ({
  id: "chatcmpl-content",
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, ...more }],
});
const first = JSON.stringify(chunk({ content: "Hello" }, { logprobs: null, finish_reason: null }));

test.each([
  ["another text", chunk({ content: ' "wörld" \n 漢' }, { logprobs: null, finish_reason: null }), ' "wörld" \n 漢'],
  ["a finish reason", chunk({ content: "." }, { logprobs: null, finish_reason: "stop" }), null],
  ["another kind of text", chunk({ reasoning: "hm" }, { logprobs: null, finish_reason: null }), null],
  ["no text", chunk({ content: null }, { logprobs: null, finish_reason: null }), null],
  ["a second field", chunk({ content: "a", tool_calls: [] }, { logprobs: null, finish_reason: null }), null],
])("of a chunk with text, %s is told", (_, other, text) => {
  expect(shapeOf(first, "Hello")?.textOf(JSON.stringify(other))).toBe(text);
});

test("a text that only looks like the end of the chunk is read as the text it is", () => {
  const text = '"},"logprobs":null,"finish_reason":null}]}';
  expect(shapeOf(first, "Hello")?.textOf(JSON.stringify(chunk({ content: text }, { logprobs: null, finish_reason: null })))).toBe(text);
});

test("the text has to stand at its own key", () => {
  const elsewhere = JSON.stringify({ note: { content: "Hello" }, choices: [{ index: 0, delta: { role: "assistant", content: "Hello" } }] });
  expect(shapeOf(elsewhere, "Hello")).toBeNull();
  expect(shapeOf(first, "Another")).toBeNull();
});

test("what is read by its shape is what parsing would have given, whatever the data", () => {
  const shape = shapeOf(first, "Hello");
  const [head = "", tail = ""] = first.split('"Hello"');
  const middle = fc.oneof(
    fc.json(),
    fc.string(),
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom('"a","x":"b"', '"a\n"', "1", '"\\u12"'),
  );
  fc.assert(
    fc.property(middle, (text) => {
      const data = head + text + tail;
      const read = shape?.textOf(data) ?? null;
      if (read === null) return;
      expect(readChunks(data)).toMatchObject([{ choices: [{ delta: { content: read }, finish_reason: null }] }]);
    }),
    { numRuns: 2_000 },
  );
});
