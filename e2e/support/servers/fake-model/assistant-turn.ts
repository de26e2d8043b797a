/** A part of what the model wrote, and what it is to a server that takes it apart. `silent` is written and never sent. */
export interface Part {
  kind: "reasoning" | "content" | "silent" | "name" | "arguments";
  text: string;
  call?: number;
}

export interface AssistantTurn {
  reasoning?: string | undefined;
  content: string;
  calls: { name: string; arguments: string }[];
}

/**
 * The text of a turn in the words of the template, part by part. The template that renders a turn and the model that wrote it share this
 * function: that is what makes a prompt the prefix of the next one.
 */
export function assistantTurn({ reasoning, content, calls }: AssistantTurn): Part[] {
  const parts: Part[] = [];
  const say = (kind: Part["kind"], text: string, call?: number) => {
    if (text !== "" || kind === "name") parts.push({ kind, text, ...(call !== undefined && { call }) });
  };
  if (reasoning !== undefined) {
    say("silent", "<think>\n");
    say("reasoning", trimLines(reasoning));
    say("silent", "\n</think>\n\n");
    say("content", content.replace(/^\n+/, ""));
  } else say("content", content);
  for (const [index, call] of calls.entries()) {
    say("silent", `${content !== "" || index > 0 ? "\n" : ""}<tool_call>\n{"name": "`);
    say("name", call.name, index);
    say("silent", '", "arguments": ');
    say("arguments", call.arguments, index);
    say("silent", "}\n</tool_call>");
  }
  return parts;
}

const trimLines = (text: string) => text.replace(/^\n+|\n+$/g, "");
