import type { FakeModelOptions } from "./options.ts";
import { overflowMessage, overflowParam } from "./overflow-message.ts";
import { badRequest, invalid, type Reaction, refusal } from "./refusal.ts";
import { type ChatRequest, mostTokensOf, stopsOf } from "./wire.ts";

export interface Served {
  /** Null takes any name. */
  names: string[] | null;
  /** Null refuses no length. */
  window: number | null;
  options: FakeModelOptions;
}

/** Whether the request would be refused whatever its prompt's length, in vLLM's order and words. */
export function refuse(chat: ChatRequest, { names, options }: Served): Reaction | null {
  return (
    wrongFields(chat) ??
    (names && chat.model !== "" && !names.includes(chat.model)
      ? refusal(404, { message: `The model \`${chat.model}\` does not exist.`, param: "model" })
      : null) ??
    wrongTools(chat, options.toolParser !== undefined) ??
    unreadableHistory(chat)
  );
}

function wrongFields(chat: ChatRequest): Reaction | null {
  if (chat.messages.length === 0) return badRequest("No messages were given.", "messages");
  if (chat.stream_options && !chat.stream)
    return invalid("Stream options can only be defined when `stream=True`. (parameter=stream_options)", "stream_options");
  if (chat.stream && (chat.prompt_logprobs ?? 0) > 0)
    return invalid("`prompt_logprobs` are not available when `stream=True`. (parameter=prompt_logprobs)", "prompt_logprobs");
  if ((chat.top_logprobs ?? 0) > 0 && !chat.logprobs)
    return invalid("when using `top_logprobs`, `logprobs` must be set to true. (parameter=top_logprobs)", "top_logprobs");
  if (chat.tools?.length === 0)
    return invalid(
      "`tools` must not be an empty array. Either provide at least one tool or omit the field entirely. (parameter=tools)",
      "tools",
    );
  if (chat.tool_choice && chat.tool_choice !== "none" && !chat.tools)
    return invalid("When using `tool_choice`, `tools` must be set. (parameter=tool_choice)", "tool_choice");
  // `add_generation_prompt` defaults to true, but the check sees only what was sent.
  if (chat.continue_final_message && chat.add_generation_prompt)
    return invalid("Cannot set both `continue_final_message` and `add_generation_prompt` to True.");
  if (chat.cache_salt === "")
    return invalid("Parameter 'cache_salt' must be a non-empty string if provided. (parameter=cache_salt)", "cache_salt");
  if (stopsOf(chat).includes("")) return badRequest("stop cannot contain an empty string.");
  if ((mostTokensOf(chat) ?? 1) < 1)
    return badRequest(`max_tokens must be at least 1, got ${mostTokensOf(chat)}. (parameter=max_tokens)`, "max_tokens");
  return null;
}

function wrongTools(chat: ChatRequest, canParse: boolean): Reaction | null {
  if (!chat.tools || canParse || (chat.tool_choice ?? "auto") !== "auto") return null;
  return badRequest('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set');
}

/** The arguments of a call in the history are parsed before the template sees them. */
function unreadableHistory(chat: ChatRequest): Reaction | null {
  for (const message of chat.messages)
    for (const call of message.tool_calls ?? [])
      if (call.function.arguments !== "" && !isJson(call.function.arguments))
        return badRequest("Expecting value: line 1 column 1 (char 0)");
  return null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether prompt and answer fit the window, and how long the answer may be: without `max_tokens`, as long as the rest of the window. */
export function room(chat: ChatRequest, promptTokens: number, { window, options }: Served): Reaction | number {
  const asked = mostTokensOf(chat);
  if (window === null) return Number.POSITIVE_INFINITY;
  if (asked !== null && asked > window)
    return badRequest(
      `max_tokens=${asked} cannot be greater than max_model_len=max_total_tokens=${window}. Please request fewer output tokens. (parameter=max_tokens, value=${asked})`,
      "max_tokens",
    );
  const maxTokens = asked ?? 0;
  if (promptTokens + Math.max(maxTokens, 1) <= window) return asked ?? window - promptTokens;
  const wording = options.overflowWording;
  return badRequest(overflowMessage({ window, promptTokens, maxTokens }, wording), overflowParam(wording));
}
