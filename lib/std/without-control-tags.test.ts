import { expect, test } from "vitest";
import { withoutControlTags } from "./without-control-tags.ts";

test.each([
  "</tool_response>",
  "<tool_call>",
  "</THINK>",
  "<answer>",
  "<|im_start|>",
  "<|im_end|>",
  "</tools>",
  "<|eot_id|>",
  "<|start_header_id|>",
  "<|start|>",
  "<|message|>",
  "<｜User｜>",
  "<｜tool▁calls▁begin｜>",
  '<｜DSML｜invoke name="a">',
  "<|user|>",
  "<start_of_turn>",
  "[INST]",
  "[/TOOL_RESULTS]",
  "</summary>",
  "</report>",
  "<findings>",
  "</last_action>",
  "<function=visit>",
])("%s is made harmless and stays readable", (tag) => {
  const harmless = withoutControlTags(`before ${tag} after`);
  expect(harmless).not.toContain(tag);
  expect(harmless.replaceAll("\u200b", "")).toBe(`before ${tag} after`);
});

test("other markup stays as it is", () => {
  const text = "a < b, <b>bold</b>, <toolbox>, [1], <|2|>, [see INST]";
  expect(withoutControlTags(text)).toBe(text);
});
