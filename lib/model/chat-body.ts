import type { ChatMessage } from "#lib/domain/transcript.ts";
import type { CompletionRequest } from "./model.ts";

/** As many alternatives of a token as ParallelMuse asks for. vLLM gives at most `--max-logprobs` of them, 20 by default. */
const topLogprobs = 16;

/** A request as OpenAI's chat completions take it. `tools` is left out where there are none: vLLM refuses an empty list. */
export const chatBody = (request: CompletionRequest, model: string, priority: number) => ({
  model,
  messages: request.messages.map(toWire),
  max_tokens: request.maxTokens,
  temperature: request.sampling.temperature,
  ...(request.sampling.topP !== undefined && { top_p: request.sampling.topP }),
  ...(request.sampling.presencePenalty !== undefined && { presence_penalty: request.sampling.presencePenalty }),
  ...(request.stop && { stop: request.stop }),
  ...(request.logprobs && { logprobs: true as const, top_logprobs: topLogprobs }),
  ...(request.tools && {
    tools: request.tools.offered.map(({ name, description, parameters }) => ({
      type: "function" as const,
      function: { name, description, parameters },
    })),
    tool_choice: request.tools.forbidden ? ("none" as const) : ("auto" as const),
  }),
  // Lower goes first. Zero is what a server assumes that does not know of priorities.
  ...(priority !== 0 && { priority }),
  stream: true as const,
  stream_options: { include_usage: true },
});

/** The thought goes under both names it has had: vLLM reads `reasoning` since 0.16 and `reasoning_content` before, and ignores the other. */
export function toWire(message: ChatMessage) {
  if (message.role === "tool") return { role: "tool" as const, tool_call_id: message.callId, content: message.content };
  if (message.role !== "assistant" || !message.native) return { role: message.role, content: message.content };
  const { reasoning, calls } = message.native;
  return {
    role: "assistant" as const,
    content: message.content,
    ...(reasoning !== "" && { reasoning, reasoning_content: reasoning }),
    ...(calls.length > 0 && {
      tool_calls: calls.map((call) => ({
        id: call.id,
        type: "function" as const,
        function: { name: call.name, arguments: call.arguments },
      })),
    }),
  };
}
