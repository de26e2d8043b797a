import type { Delta } from "./delta.ts";
import type { FakeModelOptions } from "./options.ts";
import type { WireUsage } from "./wire.ts";

export interface Heading {
  id: string;
  model: string;
  reasoningField: NonNullable<FakeModelOptions["reasoningField"]>;
}

/** The answers' date: the same in every run. */
export const created = 1_767_225_600; // 2026-01-01

export interface ChunkEnd {
  finishReason: string;
  stopReason: string | null;
}

/**
 * The lines of a stream, made for one answer: all that is the same in every chunk is written once, so that a token costs one
 * JSON.stringify of itself. Fields are there or not as in vLLM, which leaves out what it never set and writes null for what it set to None.
 */
export interface Chunks {
  first(usage: WireUsage | null): string;
  delta(delta: Delta, details: { end?: ChunkEnd | undefined; logprobs?: string | undefined; usage?: WireUsage | null }): string;
  usage(usage: WireUsage): string;
  error(message: string): string;
  readonly done: string;
}

export function chunksFor({ id, model, reasoningField }: Heading, callId: (index: number) => string): Chunks {
  const heading = `data: {"id":${JSON.stringify(id)},"object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model)},"choices":[`;
  const opening = `${heading}{"index":0,"delta":`;
  const plain = ',"logprobs":null,"finish_reason":null,"token_ids":null}]}\n\n';
  const withUsage = (usage: WireUsage | null | undefined) => (usage ? `,"usage":${JSON.stringify(usage)}` : "");
  const shaped = (delta: Delta) => shapeOf(delta, reasoningField, callId);
  return {
    first: (usage) =>
      `${opening}{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"prompt_token_ids":null${withUsage(usage)}}\n\n`,
    delta(delta, { end, logprobs, usage }) {
      const head = opening + shaped(delta);
      if (!end && logprobs === undefined && !usage) return head + plain;
      const finish = end
        ? `"finish_reason":${JSON.stringify(end.finishReason)},"stop_reason":${JSON.stringify(end.stopReason)}`
        : '"finish_reason":null';
      return `${head},"logprobs":${logprobs ?? "null"},${finish},"token_ids":null}]${withUsage(usage)}}\n\n`;
    },
    usage: (usage) => `${heading}]${withUsage(usage)}}\n\n`,
    error: (message) => `data: ${JSON.stringify({ error: { message, type: "InternalServerError", param: null, code: 500 } })}\n\n`,
    done: "data: [DONE]\n\n",
  };
}

function shapeOf(delta: Delta, field: Heading["reasoningField"], callId: (index: number) => string): string {
  if (delta.reasoning === undefined && delta.calls.length === 0 && !delta.boundary)
    return delta.content === undefined ? "{}" : `{"content":${JSON.stringify(delta.content)}}`;
  const fields: string[] = [];
  if (delta.reasoning !== undefined) {
    const text = JSON.stringify(delta.reasoning);
    if (field !== "reasoning_content") fields.push(`"reasoning":${text}`);
    if (field !== "reasoning") fields.push(`"reasoning_content":${text}`);
  }
  if (delta.content !== undefined) fields.push(`"content":${JSON.stringify(delta.content)}`);
  else if (delta.boundary && delta.reasoning !== undefined) fields.push('"content":null');
  if (delta.calls.length > 0) fields.push(`"tool_calls":${JSON.stringify(delta.calls.map((call) => wireCall(call, callId)))}`);
  return `{${fields.join(",")}}`;
}

/** Id and name come first and alone; the fragments of the arguments name the call by its index only. */
const wireCall = ({ index, name, arguments: text }: Delta["calls"][number], callId: (index: number) => string) =>
  name === undefined
    ? { index, function: { arguments: text } }
    : { index, id: callId(index), type: "function", function: { name, ...(text !== undefined && { arguments: text }) } };
