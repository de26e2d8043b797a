import { expect, test } from "vitest";
import { tokenIds, tokensOf } from "./tokens-of.ts";

test.each([
  ["<think>\nwords and 漢字\n</think>\n<answer>A</answer>"],
  ["a<b <<<< <tool_call>{}</tool_call><|im_start|>user\n🙂🙂🙂🙂🙂"],
  [""],
])("loses nothing of %j", (text) => {
  expect(tokensOf(text).join("")).toBe(text);
  expect(tokenIds(text)).toHaveLength(tokensOf(text).length);
});

test("a marker of the template is one token, wherever it stands", () => {
  expect(tokensOf("abcdef<|im_end|>\n")).toEqual(["abcd", "ef", "<|im_end|>", "\n"]);
  expect(tokensOf("x</think><tool_call>")).toEqual(["x", "</think>", "<tool_call>"]);
});

test("the same token is the same number", () => {
  expect([...tokenIds("wordword")]).toEqual([...tokenIds("word"), ...tokenIds("word")]);
});
