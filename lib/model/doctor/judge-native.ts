import type { Mending } from "#lib/domain/check-up.ts";
import { callsInText } from "#lib/model/dialects/calls-in-text.ts";
import { hasCallMark } from "#lib/model/has-call-mark.ts";
import type { Heard } from "./converse.ts";
import type { Judged } from "./judged.ts";
import type { ModelServer } from "./model-server.ts";
import { parseJson } from "./parse-json.ts";
import { callFlags, thoughtFlag } from "./parser-flags.ts";

/** How families write a call when nothing parses it. */
const rawCall =
  /<tool_call>|<function=|<\|python_tag\|>|\[TOOL_CALLS\]|<｜tool▁calls?▁begin｜>|<\|tool_calls?_(?:section_)?begin\|>|<minimax:tool_call>|<\|channel\|>commentary|"name"\s*:\s*"search"|\bsearch\s*\(\s*query\s*=/;

/** Whether a server takes the model's calls and thoughts out of its text, as the native protocol wants it. */
export function judgeNative(server: ModelServer, weights: string | null, heard: Heard): Judged {
  const names = [server.name, weights ?? ""];
  const facts = [thoughtsFact(heard), `tool call: ${heard.calls.length > 0 ? "parsed" : "none"}`];
  const found = (state: Judged["state"], says: string, mend: Mending[] = [], calls = false): Judged => ({
    state,
    says,
    facts,
    mend,
    calls,
  });
  const complete = heard.calls.filter((call) => call.name && isObject(parseJson(call.arguments)));
  if (complete.length > 0) {
    if (!/<\/?think>/.test(heard.content))
      return found("works", `${heard.reasoning.trim() ? "Thinks apart, calls" : "Calls"} a tool, and the server parses it.`, [], true);
    return found(
      "limited",
      "It calls tools, but its thoughts arrive within its text.",
      [{ what: "Start vLLM with it, so that thoughts come apart:", lines: thoughtFlag(names), takeAway: [] }],
      true,
    );
  }
  if (heard.finishReason === "length")
    return found(
      "limited",
      `It had not called a tool after ${(heard.tokens ?? 0).toLocaleString("en")} tokens, so its calls were not seen.`,
    );
  if (heard.calls.length > 0)
    return found("mend", "Its call comes with arguments that are no JSON: the parser does not fit the model.", [callMending(names)]);
  const left = callsInText(heard.content.slice(heard.content.lastIndexOf("</think>") + 1));
  if (left?.calls.every((call) => "arguments" in call))
    return found(
      "limited",
      "Its call arrives as plain text, without a tool-call parser that fits. Dossier reads this form itself.",
      [callMending(names)],
      true,
    );
  if (rawCall.test(heard.content))
    return found("mend", "Its call arrives as plain text: the tool-call parser is missing, or does not fit the model.", [
      callMending(names),
    ]);
  if (rawCall.test(heard.reasoning))
    return found("mend", "Its call arrives within its thought, where no parser looks.", [callMending(names)]);
  if (!heard.content.trim() && !heard.reasoning.trim()) return found("mend", "It sent neither text nor a call.", [callMending(names)]);
  return found("limited", "Asked to call a tool, it answered without one. It may not have been trained to.");
}

/** Whether a call was left in the text in a form for which `probeDialect` speaks in tags. */
export const leavesCalls = (heard: Heard): boolean => heard.calls.length === 0 && hasCallMark(heard.content);

/** The flags that make vLLM parse this model's calls, and how sure that is. */
export function callMending(names: readonly string[]): Mending {
  const { flags, known } = callFlags(names);
  const what = known ? "Start vLLM with:" : "Start vLLM with these, and the parser of the model's family (hermes is the commonest):";
  return { what, lines: flags.join(" "), takeAway: [] };
}

function thoughtsFact(heard: Heard): string {
  if (heard.reasoning.trim()) return "thoughts in a field of their own";
  return /<\/?think>/.test(heard.content) ? "<think> in the text: yes" : "thoughts: none";
}

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
