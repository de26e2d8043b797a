import { expect, test } from "vitest";
import { isContextOverflow, windowIn } from "./chat-chunk.ts";

/** How vLLM has worded it since 2025, newest first (the first two as they came from 0.32). */
const refusals = [
  "This model's maximum context length is 4096 tokens. However, you requested 100 output tokens and your prompt contains at least 3997 input tokens, for a total of at least 4097 tokens. Please reduce the length of the input prompt or the number of requested output tokens.",
  "max_tokens=10000 cannot be greater than max_model_len=max_total_tokens=4096. Please request fewer output tokens.",
  "max_tokens=10000 cannot be greater than max_model_len=4096.",
  "You passed 5000 input tokens and requested 100 output tokens. However, the model's context length is only 4096 tokens, resulting in a maximum input length of 3996 tokens.",
  "'max_tokens' or 'max_completion_tokens' is too large: 10000. This model's maximum context length is 4096 tokens and your request has 5 input tokens (10000 > 4096 - 5).",
  "The decoder prompt (length 5000) is longer than the maximum model length of 4096. Make sure that `max_model_len` is no smaller than the number of text tokens.",
  "This model's maximum context length is 4096 tokens. However, you requested 5100 tokens (5000 in the messages, 100 in the completion).",
];

test.each(refusals)("%s", (message) => {
  expect(isContextOverflow(message)).toBe(true);
  expect(windowIn(message)).toBe(4_096);
});

test("a prompt that fills the window exactly is one too many, though no window is named", () => {
  const message = "max_tokens must be at least 1, got 0. (parameter=max_tokens, value=0)";
  expect(isContextOverflow(message)).toBe(true);
  expect(windowIn(message)).toBeNull();
});

test.each(["The model `x` does not exist.", "Tool choice is too strange", "temperature must be non-negative"])(
  "%s is another matter",
  (message) => {
    expect(isContextOverflow(message)).toBe(false);
  },
);
