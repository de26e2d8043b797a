import type { Dialect } from "#lib/model/model.ts";
import type { Tool } from "#lib/tools/tool.ts";

/**
 * The dialect with an operator's system prompt in the place of ours. `{{tools}}` becomes the tools' JSON lines, `{{date}}` the date; a text
 * that ends in a label (`Current date:`), as upstream's does, gets the date behind it.
 */
export function withPrompt(dialect: Dialect, text: string | null): Dialect {
  if (text === null) return dialect;
  return { ...dialect, systemPrompt: (tools, today) => fillIn(text, tools, today) };
}

function fillIn(text: string, tools: readonly Tool[], today: string): string {
  const signatures = tools.map(({ name, description, parameters }) =>
    JSON.stringify({ type: "function", function: { name, description, parameters } }),
  );
  const filled = text.replaceAll("{{tools}}", () => signatures.join("\n")).replaceAll("{{date}}", today);
  return /date:\s*$/i.test(filled) ? `${filled.trimEnd()} ${today}` : filled;
}
