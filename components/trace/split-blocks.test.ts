import { expect, test } from "vitest";
import { splitBlocks } from "./split-blocks.ts";

test.each([
  ["", []],
  ["one\ntwo", ["one\ntwo"]],
  ["one\n\ntwo", ["one\n", "two"]],
  ["```\na\n\nb\n```\n\nafter", ["```\na\n\nb\n```\n", "after"]],
  ["- a\n\n- b\n\nafter", ["- a\n\n- b\n", "after"]],
  ["1. a\n\n   more\n\nafter", ["1. a\n\n   more\n", "after"]],
  ["~~~\nopen\n\nstill", ["~~~\nopen\n\nstill"]],
])("%j", (text, blocks) => {
  expect(splitBlocks(text)).toEqual(blocks);
});

test("a text that grows keeps its finished blocks", () => {
  const text = "First paragraph.\n\n- a\n- b\n\nSecond one.\n\n```js\nx\n\ny\n```\n\nEnd.";
  const whole = splitBlocks(text);
  for (let length = 1; length < text.length; length += 1) {
    const blocks = splitBlocks(text.slice(0, length));
    expect(whole.slice(0, Math.max(0, blocks.length - 1)).map((block) => block.trim())).toEqual(
      blocks.slice(0, -1).map((block) => block.trim()),
    );
  }
});
