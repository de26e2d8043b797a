/** How vLLM has worded a prompt that is longer than the window, by age; `current` since 2026-03 (#36197). */
export type OverflowWording = "current" | "characters" | "decoder-prompt" | "only" | "too-large" | "classic";

export interface Overflow {
  window: number;
  promptTokens: number;
  maxTokens: number;
}

/**
 * The text of the refusal. In the current one K is not the size of the prompt: the tokenizer stops one beyond what would fit, and says
 * "at least".
 */
export function overflowMessage({ window, promptTokens, maxTokens }: Overflow, wording: OverflowWording = "current"): string {
  const room = window - maxTokens;
  switch (wording) {
    case "current":
      return (
        `This model's maximum context length is ${window} tokens. However, you requested ${maxTokens} output tokens and your prompt ` +
        `contains at least ${room + 1} input tokens, for a total of at least ${window + 1} tokens. ${reduce} (parameter=input_tokens, value=${room + 1})`
      );
    case "characters":
      return (
        `This model's maximum context length is ${window} tokens. However, you requested ${maxTokens} output tokens and your prompt ` +
        `contains ${promptTokens * 4} characters (more than ${room * 4} characters, which is the upper bound for ${room} input tokens). ` +
        `${reduce} (parameter=input_text, value=${promptTokens * 4})`
      );
    case "decoder-prompt":
      return (
        `The decoder prompt (length ${promptTokens}) is longer than the maximum model length of ${window}. ` +
        "Make sure that `max_model_len` is no smaller than the number of text tokens."
      );
    case "only":
      return (
        `You passed ${promptTokens} input tokens and requested ${maxTokens} output tokens. However, the model's context length is only ` +
        `${window} tokens, resulting in a maximum input length of ${room} tokens. Please reduce the length of the input prompt. ` +
        `(parameter=input_tokens, value=${promptTokens})`
      );
    case "too-large":
      return (
        `'max_tokens' or 'max_completion_tokens' is too large: ${maxTokens}. This model's maximum context length is ${window} tokens and ` +
        `your request has ${promptTokens} input tokens (${maxTokens} > ${window} - ${promptTokens}).`
      );
    case "classic":
      return (
        `This model's maximum context length is ${window} tokens. However, you requested ${promptTokens + maxTokens} tokens ` +
        `(${promptTokens} in the messages, ${maxTokens} in the completion). Please reduce the length of the messages or completion.`
      );
    default:
      return wording satisfies never;
  }
}

/** The field a wording blames. */
export const overflowParam = (wording: OverflowWording = "current") =>
  wording === "current" || wording === "only" ? "input_tokens" : wording === "characters" ? "input_text" : null;

const reduce = "Please reduce the length of the input prompt or the number of requested output tokens.";
