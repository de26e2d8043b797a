import { expect, test } from "vitest";
import type { ForeseenValue } from "#lib/model/model.ts";
import { foreseeValues } from "./foresee-values.ts";
import { native } from "./native.ts";
import { tongyi } from "./tongyi.ts";

/** Everything foreseen, each with how much of the text there was by then. */
function watch(text: string, portion = 1): [string, string, string, number][] {
  const seen: [string, string, string, number][] = [];
  let given = 0;
  const watching = foreseeValues(({ tool, argument, value }) => seen.push([tool, argument, value, given]));
  for (let at = 0; at < text.length; at += portion) {
    given = Math.min(text.length, at + portion);
    watching.push(text.slice(at, at + portion));
  }
  return seen;
}

test("tells a value at its closing quote", () => {
  const text = '{"name": "visit", "arguments": {"url": ["https://a.example/", "https://b.example/x\\"y"], "goal": "depth"}}';
  expect(watch(text)).toEqual([
    ["visit", "url", "https://a.example/", text.indexOf('", "https://b') + 1],
    ["visit", "url", 'https://b.example/x"y', text.indexOf('"], "goal"') + 1],
    ["visit", "goal", "depth", text.indexOf('"}}') + 1],
  ]);
});

test("any portions give the same values", () => {
  const text = '{"arguments": {"query": ["新港 \\u6df1", "b"], "n": {"deep": "no"}, "list": [["no"]]}, "name": "search"}';
  const values = [
    ["search", "query", "新港 深"],
    ["search", "query", "b"],
  ];
  for (let portion = 1; portion <= text.length; portion++) expect(watch(text, portion).map((each) => each.slice(0, 3))).toEqual(values);
});

test.each([
  "",
  "not json",
  "{'name': 'visit'}",
  '{"name": "visit", "arguments": "text"}',
  "]]}}",
  '{"name": 3, "arguments": {"url": 4}}',
  '["a"]',
])("%s gives nothing", (text) => {
  expect(watch(text)).toEqual([]);
});

function heard(listen: (foresee: (value: ForeseenValue) => void) => void): ForeseenValue[] {
  const values: ForeseenValue[] = [];
  listen((value) => values.push(value));
  return values;
}

test("tongyi: calls count, what a thought says of calls does not", () => {
  const text =
    '<think>I could write <tool_call>{"name": "visit", "arguments": {"url": "https://no.example/"}}</tool_call></think>\n<tool_call>\n{"name": "visit", "arguments": {"url": "https://yes.example/"';
  const values = heard((foresee) => {
    const reader = tongyi.listen(foresee);
    for (const character of text) reader.push({ kind: "text", text: character });
  });
  expect(values).toEqual([{ tool: "visit", argument: "url", value: "https://yes.example/" }]);
});

test("native: calls side by side, in fragments", () => {
  const values = heard((foresee) => {
    const reader = native.listen(foresee);
    reader.push({ kind: "call", index: 0, id: "a", name: "search", arguments: "" });
    reader.push({ kind: "call", index: 1, id: "b", name: "visit", arguments: '{"url": ["htt' });
    reader.push({ kind: "call", index: 0, id: "", name: "", arguments: '{"query": ["depth"' });
    reader.push({ kind: "call", index: 1, id: "", name: "", arguments: 'ps://a.example/"' });
  });
  expect(values).toEqual([
    { tool: "search", argument: "query", value: "depth" },
    { tool: "visit", argument: "url", value: "https://a.example/" },
  ]);
});
