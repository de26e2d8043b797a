import { expect, test } from "vitest";
import { deltaReader } from "./delta.ts";
import { type Parsers, spansOf } from "./spans.ts";

const all: Parsers = { reasoning: "tags", tools: true, unreadableCalls: "content", stream: true };

function readBy(size: number, raw: string, parsers: Partial<Parsers>) {
  const reader = deltaReader(raw, spansOf(raw, { ...all, ...parsers }));
  const got = { reasoning: "", content: "", calls: [] as { name: string; arguments: string }[] };
  for (let upTo = size; upTo < raw.length + size; upTo += size) {
    const delta = reader.take(Math.min(upTo, raw.length));
    got.reasoning += delta.reasoning ?? "";
    got.content += delta.content ?? "";
    for (const { index, name, arguments: text } of delta.calls) {
      if (name !== undefined) got.calls[index] = { name, arguments: "" };
      const call = got.calls[index];
      if (call) call.arguments += text ?? "";
    }
  }
  return got;
}

const call = (name: string, json: string) => `<tool_call>\n{"name": "${name}", "arguments": ${json}}\n</tool_call>`;

test.each<[string, string, Partial<Parsers>, { reasoning: string; content: string; calls: { name: string; arguments: string }[] }]>([
  ["thought and content", "<think>T</think>A", {}, { reasoning: "T", content: "A", calls: [] }],
  ["no parser", "<think>T</think>A", { reasoning: "off" }, { reasoning: "", content: "<think>T</think>A", calls: [] }],
  ["a thought cut off", "<think>T and", {}, { reasoning: "T and", content: "", calls: [] }],
  [
    "a call ends a thought too",
    `<think>T ${call("a", "{}")}`,
    {},
    { reasoning: "T ", content: "", calls: [{ name: "a", arguments: "{}" }] },
  ],
  ["no thought at all", "Just A", {}, { reasoning: "", content: "Just A", calls: [] }],
  ["mid-thought", "T</think>A", { reasoning: "mid-thought" }, { reasoning: "T", content: "A", calls: [] }],
  ["mid-thought, cut off", "T and", { reasoning: "mid-thought" }, { reasoning: "T and", content: "", calls: [] }],
  [
    "two calls, and what stands behind them is lost",
    `<think>T</think>\n\n${call("a", '{"x": "}{"}')}\nlost\n${call("b", "{}")} lost`,
    {},
    {
      reasoning: "T",
      content: "\n\n",
      calls: [
        { name: "a", arguments: '{"x": "}{"}' },
        { name: "b", arguments: "{}" },
      ],
    },
  ],
  [
    "single quotes are no JSON",
    "<tool_call>{'name': 'a'}</tool_call>",
    {},
    { reasoning: "", content: "<tool_call>{'name': 'a'}</tool_call>", calls: [] },
  ],
  [
    "one bad call spoils the good one",
    `${call("a", "{}")}<tool_call>oops</tool_call>`,
    {},
    { reasoning: "", content: `${call("a", "{}")}<tool_call>oops</tool_call>`, calls: [] },
  ],
  ["or it is swallowed", "Hi <tool_call>oops</tool_call>", { unreadableCalls: "swallowed" }, { reasoning: "", content: "Hi ", calls: [] }],
  [
    "a call cut off has been sent in part by a stream",
    '<tool_call>\n{"name": "a", "arguments": {"x": "y',
    {},
    { reasoning: "", content: "", calls: [{ name: "a", arguments: '{"x": "y' }] },
  ],
  [
    "and is content of a whole answer",
    '<tool_call>\n{"name": "a", "argu',
    { stream: false },
    { reasoning: "", content: '<tool_call>\n{"name": "a", "argu', calls: [] },
  ],
  [
    "arguments before the name",
    '<tool_call>{"arguments": {"x": 1}, "name": "a"}</tool_call>',
    {},
    { reasoning: "", content: "", calls: [{ name: "a", arguments: '{"x": 1}' }] },
  ],
  ["no tools asked for", call("a", "{}"), { tools: false }, { reasoning: "", content: call("a", "{}"), calls: [] }],
])("%s", (_, raw, parsers, expected) => {
  for (const size of [1, 3, 1_000]) expect(readBy(size, raw, parsers), `in steps of ${size}`).toEqual(expected);
});
