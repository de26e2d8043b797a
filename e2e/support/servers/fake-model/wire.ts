/** One call of a tool as it stands in a message. */
export interface WireCall {
  id: string;
  type?: "function";
  function: { name: string; arguments: string };
}

/** A message as a server takes it. `content: null` arrives as "", and content in parts as one text, so that a script reads it plainly. */
export interface WireMessage {
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  reasoning?: string | null;
  reasoning_content?: string | null;
  tool_calls?: WireCall[] | null;
  tool_call_id?: string;
  name?: string;
}

export interface WireTool {
  type: "function";
  function: { name: string; description?: string; parameters?: unknown };
}

export type ToolChoice = "none" | "auto" | "required" | { type: "function"; function: { name: string } };

export interface ChatRequest {
  model: string;
  messages: WireMessage[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean; continuous_usage_stats?: boolean } | null;
  stop?: string | string[] | null;
  include_stop_str_in_output?: boolean;
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  min_p?: number;
  presence_penalty?: number;
  repetition_penalty?: number;
  seed?: number;
  priority?: number;
  cache_salt?: string | null;
  logprobs?: boolean | null;
  top_logprobs?: number | null;
  prompt_logprobs?: number | null;
  tools?: WireTool[] | null;
  tool_choice?: ToolChoice | null;
  parallel_tool_calls?: boolean;
  chat_template_kwargs?: Record<string, unknown>;
  add_generation_prompt?: boolean;
  continue_final_message?: boolean;
}

export interface WireUsage {
  prompt_tokens: number;
  total_tokens: number;
  completion_tokens: number;
  prompt_tokens_details?: { cached_tokens: number };
}

/** The body of a request as the scripts and the renderer read it; null when it is no object with messages. */
export function toChatRequest(body: unknown): ChatRequest | null {
  if (typeof body !== "object" || body === null || !("messages" in body) || !Array.isArray(body.messages)) return null;
  const messages = body.messages.map((message: { content?: unknown }) => ({ ...message, content: toText(message.content) }));
  return { model: "", ...body, messages } as ChatRequest; // what a request may hold beyond this is ignored, as vLLM ignores it
}

function toText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: { text?: unknown }) => (typeof part.text === "string" ? part.text : "")).join("\n");
}

export const stopsOf = ({ stop }: ChatRequest): string[] => (typeof stop === "string" ? [stop] : (stop ?? []));

export const mostTokensOf = (chat: ChatRequest): number | null => chat.max_completion_tokens ?? chat.max_tokens ?? null;
