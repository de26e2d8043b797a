import { describe, expect, test } from "vitest";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import type { SpokenDelta } from "#lib/model/model.ts";
import { native } from "./native.ts";

const card = { dialect: "native" as const, name: "m", window: 131_072 };
const read = (deltas: SpokenDelta[], finishReason = "stop") => {
  const reader = native.listen();
  const shown = deltas.flatMap((delta) => reader.push(delta));
  return { ...reader.end(finishReason), shown };
};
const text = (content: string): SpokenDelta => ({ kind: "text", text: content });
const thought = (reasoning: string): SpokenDelta => ({ kind: "reasoning", text: reasoning });
const call = (index: number, id: string, name: string, args: string): SpokenDelta => ({ kind: "call", index, id, name, arguments: args });
const search = { tool: "search", arguments: { query: ["a"] } };

describe("a turn of a server that parses", () => {
  test("calls whose arguments come in fragments, several at once, are all asked for and sent back as they came", () => {
    const turn = read([
      thought("I look."),
      text("Let me look."),
      call(0, "c1", "search", ""),
      call(0, "", "", '{"query":'),
      call(1, "c2", "visit", '{"url": ["b"]}'),
      call(0, "", "", ' ["a"]}'),
    ]);
    expect(turn.move).toEqual({ kind: "calls", calls: [search, { tool: "visit", arguments: { url: ["b"] } }] });
    expect(turn.thought).toBe("I look.\n\nLet me look.");
    expect(turn.native).toEqual({
      reasoning: "I look.",
      calls: [
        { id: "c1", name: "search", arguments: '{"query": ["a"]}' },
        { id: "c2", name: "visit", arguments: '{"url": ["b"]}' },
      ],
    });
    expect(turn.shown).toEqual([
      { channel: "thought", text: "I look." },
      { channel: "answer", text: "Let me look." },
    ]);
  });

  test("arguments that are no JSON are told to the model, not carried out, and not sent back to a server that would refuse them", () => {
    const turn = read([call(0, "c1", "search", '{"query": ["a"'), call(1, "c2", "search", "{'query': ['a'],}")]);
    expect(turn.move).toEqual({ kind: "calls", calls: [{ tool: "search", problem: expect.stringContaining('{"query": ["a"') }, search] });
    expect(turn.native?.calls.map((each) => each.arguments)).toEqual(["{}", '{"query":["a"]}']);
  });

  test("ids that are missing or given twice are replaced, so that each answer finds its call", () => {
    const turn = read([call(0, "x", "search", "{}"), call(1, "x", "search", "{}"), call(2, "", "search", "{}")]);
    expect(turn.native?.calls.map((each) => each.id)).toEqual(["x", "call-2", "call-3"]);
  });

  test("calls that all have the same number are told apart by their ids", () => {
    const turn = read([call(0, "a", "search", '{"query": ["a"]}'), call(0, "b", "visit", '{"url": ["b"]}')]);
    expect(turn.move).toEqual({ kind: "calls", calls: [search, { tool: "visit", arguments: { url: ["b"] } }] });
  });

  test("an answer that was broken off for repeating itself is none", () => {
    expect(read([text("It is deep. It is deep. ")], "repetition").move).toMatchObject({
      kind: "none",
      problem: expect.stringContaining("repeated itself"),
    });
  });

  test("text without a call is the answer, in any language", () => {
    expect(read([thought("想一想"), text("港口深九米。")]).move).toEqual({ kind: "answer", text: "港口深九米。" });
    expect(read([text("<answer>Nine metres.</answer>")]).move).toEqual({ kind: "answer", text: "Nine metres." });
  });

  test("a turn that thinks until its token limit is told so", () => {
    expect(read([thought("on and on")], "length").move).toMatchObject({ kind: "none", problem: expect.stringContaining("token limit") });
  });
});

describe("what a server left in the text, because a parser is missing or gave up", () => {
  test.each<[string, SpokenDelta[], string]>([
    ["a thought in tags", [text('<think>hm</think><tool_call>{"name": "search", "arguments": {"query": ["a"]}}</tool_call>')], "hm"],
    [
      "a call with Python's quotes",
      [thought("hm"), text("<tool_call>\n{'name': 'search', 'arguments': {'query': ['a']}}\n</tool_call>")],
      "hm",
    ],
    [
      "Qwen's function tags",
      [text('hm\n<tool_call>\n<function=search>\n<parameter=query>\n["a"]\n</parameter>\n</function>\n</tool_call>')],
      "hm",
    ],
    [
      "DeepSeek's tokens",
      [text('hm<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>search<｜tool▁sep｜>{"query": ["a"]}<｜tool▁call▁end｜><｜tool▁calls▁end｜>')],
      "hm",
    ],
    [
      "DeepSeek's DSML",
      [
        text(
          'hm<｜DSML｜tool_calls><｜DSML｜invoke name="search"><｜DSML｜parameter name="query" string="false">["a"]</｜DSML｜parameter></｜DSML｜invoke></｜DSML｜tool_calls>',
        ),
      ],
      "hm",
    ],
    [
      "the channels of gpt-oss",
      [
        text(
          '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>commentary to=functions.search <|constrain|>json<|message|>{"query": ["a"]}<|call|>',
        ),
      ],
      "hm",
    ],
    [
      "a call at the end of a thought that never closes",
      [thought('hm\n<tool_call>{"name": "search", "arguments": {"query": ["a"]}}</tool_call>')],
      "hm",
    ],
  ])("%s", (_, deltas, expected) => {
    const turn = read(deltas);
    expect(turn.thought).toBe(expected);
    expect(turn.move).toEqual({ kind: "calls", calls: [search] });
    expect(turn.native?.calls).toEqual([]);
  });

  test("a call that is merely thought about is not made", () => {
    const turn = read([thought('I could call <tool_call>{"name": "search", "arguments": {}}</tool_call>, but no.'), text("Nine metres.")]);
    expect(turn.move).toEqual({ kind: "answer", text: "Nine metres." });
  });
});

describe("the request", () => {
  const tools = [scriptedTool("search", () => "")];

  test("offers the tools, and keeps them in the prompt when none may be called", () => {
    expect(native.request([], card, { offered: tools, forbidden: false }).tools).toEqual({ offered: tools, forbidden: false });
    expect(native.request([], card, { offered: tools, forbidden: true }).tools).toEqual({ offered: tools, forbidden: true });
  });

  test("has no empty list of tools, which vLLM refuses", () => {
    expect(native.request([], card, { offered: [], forbidden: false })).not.toHaveProperty("tools");
  });

  test("the system prompt ends with the date", () => {
    expect(native.systemPrompt(tools, "2026-11-24").endsWith("Current date: 2026-11-24")).toBe(true);
  });
});
