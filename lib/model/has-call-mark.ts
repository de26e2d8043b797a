/** Whether a text holds the beginning of a call in one of the forms that servers take out of it when they have the right parser. */
export const hasCallMark = (text: string) => /<tool_call>|<\|tool_call|<function=|\[TOOL_CALLS\]/.test(text);
