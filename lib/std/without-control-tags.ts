/** Tags and markers that mean something to the protocol or to the chat template, in any case. */
const control = new RegExp(
  [
    String.raw`<\/?(?:tool_call|tool_response|think|answer|tools|summary|report|findings|last_action|reader_message|function|parameter)(?:=[^<>\n]{0,80})?>`,
    "<[|｜][a-z_▁]{1,40}[|｜]?>", // Qwen, Llama, gpt-oss, GLM; DeepSeek's are written with full-width bars
    String.raw`<\/?｜[^<>\n]{1,60}>`,
    "<(?:start|end)_of_turn>", // Gemma
    String.raw`\[\/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS|THINK)\]`, // Mistral
  ].join("|"),
  "gi",
);

/**
 * Observation text with every control tag made harmless by a zero-width space behind its bracket: a page that contains `</tool_response>`
 * must not end the observation, nor one that contains `<|im_start|>` open a role. People and models still read the same words.
 */
export const withoutControlTags = (text: string) => text.replace(control, (tag) => `${tag[0]}\u200b${tag.slice(1)}`);
