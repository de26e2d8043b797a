import { type ChunkEnd, created, type Heading } from "./chunks.ts";
import { deltaReader } from "./delta.ts";
import { rewritten } from "./spans.ts";
import type { Utterance } from "./utterance.ts";
import type { WireUsage } from "./wire.ts";

/** The body of an answer that is not streamed. */
export function wholeAnswer(
  heading: Heading,
  said: Utterance,
  more: { usage: WireUsage; end: ChunkEnd; callId: (index: number) => string; logprobs: string | undefined },
): string {
  const delta = deltaReader(said.raw, said.spans).take(said.raw.length);
  const calls: { id: string; type: string; function: { name: string; arguments: string } }[] = [];
  for (const { index, name, arguments: text } of delta.calls) {
    if (name !== undefined) calls[index] = { id: more.callId(index), type: "function", function: { name, arguments: "" } };
    const call = calls[index];
    if (call && text !== undefined) call.function.arguments += text;
  }
  if (!said.apart) for (const call of calls) call.function.arguments = rewritten(call.function.arguments);
  const reasoning = delta.reasoning ?? null;
  const { reasoningField } = heading;
  const message = {
    role: "assistant",
    content: delta.content || (said.parsed && (calls.length > 0 || reasoning !== null) ? null : ""),
    refusal: null,
    annotations: null,
    audio: null,
    function_call: null,
    tool_calls: calls,
    ...(reasoningField !== "reasoning_content" && { reasoning }),
    ...(reasoningField !== "reasoning" && { reasoning_content: reasoning }),
  };
  const logprobs: unknown = more.logprobs === undefined ? null : JSON.parse(more.logprobs);
  return JSON.stringify({
    id: heading.id,
    object: "chat.completion",
    created,
    model: heading.model,
    choices: [{ index: 0, message, logprobs, finish_reason: more.end.finishReason, stop_reason: more.end.stopReason, token_ids: null }],
    service_tier: null,
    system_fingerprint: null,
    usage: { prompt_tokens_details: null, ...more.usage },
    prompt_logprobs: null,
    prompt_token_ids: null,
    kv_transfer_params: null,
  });
}
