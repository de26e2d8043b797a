/** Tags and markers that mean something to the protocol or to the chat template, in any case. */
const control = /<(\/?(?:tool_call|tool_response|think|answer|tools))>|<\|(im_start|im_end|endoftext)\|>/gi;

/**
 * Observation text with every control tag made harmless by a zero-width space behind its bracket: a page that contains `</tool_response>`
 * must not end the observation, nor one that contains `<|im_start|>` open a role. People and models still read the same words.
 */
export const withoutControlTags = (text: string) => text.replace(control, (tag) => `<\u200b${tag.slice(1)}`);
