import fc from "fast-check";
import { expect, test } from "vitest";
import { splitter } from "./split-live.ts";

function split(portions: string[]) {
  const { push } = splitter("thought");
  const text = { thought: "", answer: "", report: "" };
  for (const portion of portions) for (const part of push(portion)) text[part.channel] += part.text;
  return text;
}

const turn =
  '<think>\nIs 3 < 4? I may <answer>early</answer>.\n</think>\n<tool_call>\n{"name":"search"}\n</tool_call>\n<answer>Yes, a<b.</answer>';

test("shows thought and answer, and hides the call", () => {
  expect(split([turn])).toEqual({ thought: "\nIs 3 < 4? I may <answer>early</answer>.\n", answer: "Yes, a<b.", report: "" });
});

test("gives the same for any portions", () => {
  const whole = split([turn]);
  for (let cut = 0; cut <= turn.length; cut++) expect(split([turn.slice(0, cut), turn.slice(cut)])).toEqual(whole);
  expect(split([...turn])).toEqual(whole);
  fc.assert(
    fc.property(fc.array(fc.nat(turn.length), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), turn.length];
      expect(split(at.slice(1).map((end, index) => turn.slice(at[index], end)))).toEqual(whole);
    }),
  );
});

test("shows a thought that was opened in the prompt", () => {
  expect(split(["so it ", "goes</think><answer>A</answer>"])).toEqual({ thought: "so it goes", answer: "A", report: "" });
});
