import type { AskedCall } from "#lib/domain/event.ts";
import { readDeepseekCalls } from "./deepseek-calls.ts";
import { readFunctionTags } from "./function-tags.ts";
import { readCalls } from "./read-calls.ts";

/** How families of models mark a call that their server did not take out of the text. */
const forms: { begins: RegExp; read: (text: string) => AskedCall[] }[] = [
  { begins: /<｜tool▁calls?▁begin｜>|<｜DSML｜(?:function|tool)_calls>/, read: readDeepseekCalls },
  { begins: /<tool_call>/, read: readCalls },
  { begins: /<function=/, read: readFunctionTags },
];

/** The calls that a server without the right parser left in the text, and what was said before them. Null when there are none. */
export function callsInText(text: string): { calls: AskedCall[]; before: string } | null {
  for (const { begins, read } of forms) {
    const at = text.search(begins);
    if (at < 0) continue;
    const calls = read(text);
    if (calls.length > 0) return { calls, before: text.slice(0, at).trim() };
  }
  return null;
}
