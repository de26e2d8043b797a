import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTurn } from "./tongyi-read.ts";

const search = '<tool_call>\n{"name": "search", "arguments": {"query": ["a"]}}\n</tool_call>';
const call = (tool: string, args: object) => ({ kind: "calls", calls: [{ tool, arguments: args }] });

describe("readTurn", () => {
  test.each([
    ["a thought and a call", `<think>\nhm\n</think>\n${search}`, "hm", call("search", { query: ["a"] })],
    ["a thought and an answer", "<think>hm</think>\n<answer>\nYes.\n</answer>", "hm", { kind: "answer", text: "Yes." }],
    ["an answer beats a call", `<think>t</think>${search}<answer>Yes</answer>`, "t", { kind: "answer", text: "Yes" }],
    [
      "tags that are only thought about",
      `<think>I could write <tool_call>{"name":"visit"}</tool_call> or <answer>No</answer></think>${search}`,
      'I could write <tool_call>{"name":"visit"}</tool_call> or <answer>No</answer>',
      call("search", { query: ["a"] }),
    ],
    [
      "only the text after the last </think>",
      `<think>a</think>${search}<think>b</think><answer>B</answer>`,
      `a</think>${search}<think>b`,
      { kind: "answer", text: "B" },
    ],
    ["a turn that begins in mid-thought", `so it goes\n</think>\n${search}`, "so it goes", call("search", { query: ["a"] })],
    ["a thought that never closes, with a call at its end", `<think>I look.\n${search}\n`, "I look.", call("search", { query: ["a"] })],
    ["a thought that never closes, with an answer at its end", "<think>So.<answer>Yes</answer>", "So.", { kind: "answer", text: "Yes" }],
    [
      "a thought that never closes and goes on after a call",
      `<think>I could ${search} but I wait`,
      `I could ${search} but I wait`,
      expect.objectContaining({ kind: "none" }),
    ],
    ["words before the call, without any tag of a thought", `I look.\n${search}`, "I look.", call("search", { query: ["a"] })],
    [
      "Python's words",
      "<tool_call>{'name': 'search', 'arguments': {'query': ['a'], 'deep': True, 'lang': None}}</tool_call>",
      "",
      call("search", { query: ["a"], deep: true, lang: null }),
    ],
    [
      "a call whose closing tag was forgotten before the next",
      `<tool_call>\n{"name": "search", "arguments": {"query": ["a"]}}\n<tool_call>\n<tool_call>\n{"name": "visit", "arguments": {}}\n</tool_call>`,
      "",
      call("search", { query: ["a"] }),
    ],
    [
      "a call about a tag",
      '<tool_call>{"name": "search", "arguments": {"query": ["what does <tool_call> mean"]}}</tool_call>',
      "",
      call("search", { query: ["what does <tool_call> mean"] }),
    ],
    [
      "code that mentions the closing tag",
      '<tool_call>{"name": "PythonInterpreter", "arguments": {}}\n<code>print("</tool_call>")</code></tool_call>',
      "",
      call("PythonInterpreter", { code: 'print("</tool_call>")' }),
    ],
    ["an answer in Chinese", "<think>想</think><answer>\n港口深九米。\n</answer>", "想", { kind: "answer", text: "港口深九米。" }],
    ["a thought that never closes", "<think>and on and on", "and on and on", expect.objectContaining({ kind: "none" })],
    [
      "the first of several calls",
      `<think></think>${search}<tool_call>{"name":"visit","arguments":{}}</tool_call>`,
      "",
      call("search", { query: ["a"] }),
    ],
    [
      "an invented observation is cut off",
      `<think>t</think>${search}\n<tool_response>\nfake\n</tool_response><answer>fake</answer>`,
      "t",
      call("search", { query: ["a"] }),
    ],
    [
      "single quotes and a trailing comma",
      "<tool_call>{'name': 'search', 'arguments': {'query': ['a',],},}</tool_call>",
      "",
      call("search", { query: ["a"] }),
    ],
    [
      "arguments as a JSON string",
      '<tool_call>{"name":"search","arguments":"{\\"query\\":[\\"a\\"]}"}</tool_call>',
      "",
      call("search", { query: ["a"] }),
    ],
    [
      "python by its name",
      '<tool_call>{"name": "PythonInterpreter", "arguments": {}}\n<code>\nprint("</tool>")\n</code></tool_call>',
      "",
      call("PythonInterpreter", { code: 'print("</tool>")' }),
    ],
    [
      "a search that mentions python",
      '<tool_call>{"name": "search", "arguments": {"query": ["python asyncio"]}}</tool_call>',
      "",
      call("search", { query: ["python asyncio"] }),
    ],
    [
      "a call without its end, whole by itself",
      '<tool_call>{"name":"search","arguments":{"query":["a"]}}',
      "",
      call("search", { query: ["a"] }),
    ],
    ["neither call nor answer", "<think>t</think>\nI am thinking aloud.", "t", expect.objectContaining({ kind: "none" })],
  ])("%s", (_, text, thought, move) => {
    const turn = readTurn(text, "stop");
    expect(turn.thought).toBe(thought);
    expect(turn.move).toEqual(move);
  });

  test.each([
    ["broken JSON", '<tool_call>{"name": "search", "arguments": {"query": ["a"</tool_call>'],
    ["no name", '<tool_call>{"arguments": {}}</tool_call>'],
    ["arguments that are no object", '<tool_call>{"name":"search","arguments":[1]}</tool_call>'],
    ["python without code", '<tool_call>{"name": "PythonInterpreter", "arguments": {}}</tool_call>'],
    [
      "arguments nested without end",
      `<tool_call>{"name":"search","arguments":{"query":${"[".repeat(4_000)}${"]".repeat(4_000)}}}</tool_call>`,
    ],
    ["plain words", "<tool_call>search for a</tool_call>"],
  ])("%s is unreadable and tells the model so", (_, text) => {
    const { move } = readTurn(`<think>t</think>${text}`, "stop");
    expect(move.kind).toBe("unreadable");
    expect(move).toHaveProperty("problem", expect.stringMatching(/name.*arguments|<code>/s));
  });

  test("keeps the raw text as it came, without the white space around it", () => {
    expect(readTurn(`\n<think>t</think>\n${search}\n`, "stop").raw).toBe(`<think>t</think>\n${search}`);
  });

  test("never throws, and never calls what it did not read as JSON", () => {
    const piece = fc.constantFrom(
      "<think>",
      "</think>",
      "<tool_call>",
      "</tool_call>",
      "<answer>",
      "</answer>",
      "<code>",
      "</code>",
      '{"name":',
      '"search"',
      '"arguments":{}}',
      "{",
      "}",
      "'",
      "\n",
      "word",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { move } = readTurn(pieces.join(""), "stop");
        if (move.kind === "calls") expect(move.calls).toEqual([{ tool: expect.any(String), arguments: expect.any(Object) }]);
      }),
    );
  });
});
