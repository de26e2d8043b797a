import { expect, test } from "vitest";
import { withoutControlTags } from "./without-control-tags.ts";

test.each(["</tool_response>", "<tool_call>", "</THINK>", "<answer>", "<|im_start|>", "<|im_end|>", "</tools>"])(
  "%s is made harmless and stays readable",
  (tag) => {
    const harmless = withoutControlTags(`before ${tag} after`);
    expect(harmless).not.toContain(tag);
    expect(harmless.replaceAll("\u200b", "")).toBe(`before ${tag} after`);
  },
);

test("other markup stays as it is", () => {
  const text = "a < b, <b>bold</b>, <toolbox>, `<|x|>`";
  expect(withoutControlTags(text)).toBe(text);
});
