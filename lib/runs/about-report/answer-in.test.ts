import { expect, test } from "vitest";
import { native } from "#lib/model/dialects/native.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import { answerIn } from "./answer-in.ts";

test.each([
  ["tags", tongyi, "<think>\nI look.\n</think>\n<answer>\nNine metres [1].\n</answer>", "Nine metres [1]."],
  ["a forgotten closing tag", tongyi, "<think>\nI look.\n</think>\n<answer>\nNine metres [1].", "Nine metres [1]."],
  ["no tags", tongyi, "<think>\nI look.\n</think>\nNine metres [1].", "Nine metres [1]."],
  ["a thought that never ends", tongyi, "<think>\nI look and look", ""],
  [
    "a call of a tool",
    tongyi,
    '<think>\nI search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["x"]}}\n</tool_call>',
    "",
  ],
  ["plain text", native, "Nine metres [1].", "Nine metres [1]."],
  ["plain text in tags", native, "<answer>Nine metres [1].</answer>", "Nine metres [1]."],
])("%s", (_, dialect, text, answer) => {
  const reader = dialect.listen();
  reader.push({ kind: "text", text });
  expect(answerIn(reader.end("stop"))).toBe(answer);
});
