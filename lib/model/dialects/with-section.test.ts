import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Turn } from "#lib/model/model.ts";
import { native } from "./native.ts";
import { tongyi } from "./tongyi.ts";
import { withFindings, withReport } from "./with-section.ts";

/** The turn, and what was shown of it by channel, when a text arrives in these portions. */
function listenTo(dialect: typeof tongyi, portions: readonly string[]): { turn: Turn; shown: Record<string, string> } {
  const reader = dialect.listen();
  const shown: Record<string, string> = {};
  for (const text of portions)
    for (const part of reader.push({ kind: "text", text })) shown[part.channel] = (shown[part.channel] ?? "") + part.text;
  return { turn: reader.end("stop"), shown };
}
const call = '<tool_call>\n{"name": "search", "arguments": {"query": ["x"]}}\n</tool_call>';
const calls = { kind: "calls", calls: [{ tool: "search", arguments: { query: ["x"] } }] };

describe.each([
  ["tongyi", tongyi],
  ["native", native],
])("a report in the dialect %s", (_, dialect) => {
  test.each([
    ["a call", `<think>\nT\n</think>\n<report>\nR [3]\n</report>\n${call}`, "R [3]", calls],
    ["an answer", "<think>T</think><report>R</report><answer>A</answer>", "R", { kind: "answer", text: "A" }],
    ["no closing tag before a call", `<think>T</think><report>R\n${call}`, "R", calls],
    ["no closing tag before an answer", "<think>T</think><report>R <answer>A</answer>", "R", { kind: "answer", text: "A" }],
    ["none", `<think>T</think>${call}`, null, calls],
    ["an empty one", `<think>T</think><report>\n</report>${call}`, null, calls],
    ["one that was only thought about", `<think>I write <report>x</report> now</think>${call}`, null, calls],
    ["two: the last counts", `<think>T</think><report>first</report><report>second</report>${call}`, "second", calls],
  ])("with %s", (_name, text, report, move) => {
    const { turn } = listenTo(withReport(dialect), [text]);
    expect(turn).toMatchObject({ report, move });
    expect(turn.raw).toBe(text.trim());
  });

  test("whose text mentions calls and answers is read as it is meant", () => {
    const text = `<think>T</think>\n<report>\nThe page says </tool_response> and &lt;answer&gt;.\n</report>\n${call}`;
    expect(listenTo(withReport(dialect), [text]).turn).toMatchObject({ move: calls, report: expect.stringContaining("</tool_response>") });
  });

  test("is the same in whatever portions it arrives", () => {
    const text = `<think>\nIt is <b>.\n</think>\n<report>\nA < B, and <reports> are no tags.\n</report>\n${call}`;
    const whole = listenTo(withReport(dialect), [text]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 30 }), (cuts) => {
        const places = [...new Set([0, ...cuts, text.length])].sort((one, other) => one - other);
        const portions = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(listenTo(withReport(dialect), portions)).toEqual(whole);
      }),
    );
    expect(whole.shown.report?.trim()).toBe("A < B, and <reports> are no tags.");
    expect(whole.shown.thought?.trim()).toContain("It is <b>.");
  });
});

test("a native server's thought and calls come apart, and the report is in the text", () => {
  const reader = withReport(native).listen();
  reader.push({ kind: "reasoning", text: "I think <report>no</report>." });
  const shown = reader.push({ kind: "text", text: "<report>R</report>" });
  reader.push({ kind: "call", index: 0, id: "c1", name: "search", arguments: '{"query": ["x"]}' });
  expect(shown).toEqual([{ channel: "report", text: "R" }]);
  expect(reader.end("tool_calls")).toMatchObject({ report: "R", thought: "I think <report>no</report>.", move: calls });
});

test("a Tongyi model behind a server with parsers", () => {
  const reader = withReport(tongyi).listen();
  reader.push({ kind: "reasoning", text: "T" });
  reader.push({ kind: "text", text: "<report>R</report>" });
  reader.push({ kind: "call", index: 0, id: "c1", name: "search", arguments: '{"query": ["x"]}' });
  expect(reader.end("tool_calls")).toMatchObject({ report: "R", thought: "T", move: calls });
});

describe("findings", () => {
  const say = (findings: string) =>
    listenTo(withFindings(tongyi), [`<think>T</think><findings>${findings}</findings><answer>A</answer>`]).turn.findings;
  const one = {
    finding: "Nine metres.",
    lanes: [
      { lane: 1, stance: "agrees" },
      { lane: 2, stance: "differs", note: "says eight" },
      { lane: 3, stance: "partly", note: "no year" },
    ],
    sources: [1, 4],
    verdict: "Nine.",
  };
  const json =
    '{"finding": "Nine metres.", "lanes": {"1": "agrees", "2": "differs: says eight", "researcher 3": "partly, no year"}, "sources": [1, 4], "verdict": "Nine."}';

  test.each([
    ["as asked for", `[${json}]`, [one]],
    ["in a fence", `\n\`\`\`json\n[${json}]\n\`\`\`\n`, [one]],
    ["one a line, without an array", `${json}\n${json}`, [one, one]],
    ["cut off in the second", `[${json}, {"finding": "Half`, [one]],
    [
      "with an unknown stance",
      '[{"finding": "F", "lanes": {"1": "maybe", "2": 3}, "sources": ["2", -1, "x"]}]',
      [{ finding: "F", lanes: [], sources: [2] }],
    ],
    ["that are no findings", '["a", {"claim": "F"}, null, 3]', []],
    ["that cannot be read", "none really", []],
    ["that are empty", "", []],
  ])("%s", (_, text, findings) => {
    expect(say(text)).toEqual(findings);
  });

  test("are not shown while they arrive", () => {
    const { shown, turn } = listenTo(withFindings(tongyi), ["<think>T</think><find", `ings>[${json}]</findings><answer>A</answer>`]);
    expect(shown).toEqual({ thought: "T", answer: "A" });
    expect(turn).toMatchObject({ move: { kind: "answer", text: "A" } });
  });
});

test.each([
  ["tongyi", tongyi],
  ["native", native],
])("%s: a thought whose opening tag stands in the prompt may mention the tag of the section", (_, dialect) => {
  const call = '<tool_call>\n{"name": "search", "arguments": {"query": ["x"]}}\n</tool_call>';
  const text = `Now I write the <report> anew, then call.\n</think>\n<report>\nREAL [3]\n</report>\n${call}`;
  for (const size of [1, 7, text.length]) {
    const reader = withReport(dialect).listen();
    for (let at = 0; at < text.length; at += size) reader.push({ kind: "text", text: text.slice(at, at + size) });
    const turn = reader.end("stop");
    expect(turn.report).toBe("REAL [3]");
    expect(turn.thought).toContain("<report> anew, then call.");
  }
  const reader = withReport(dialect).listen();
  reader.push({ kind: "text", text: `I close the <report>x</report> now.\n</think>\n${call}` });
  expect(reader.end("stop").report).toBeNull();
});
