import { type ChatChunk, chatChunkSchema, errorMessage } from "#lib/model/chat-chunk.ts";
import { rootOf } from "#lib/model/server-address.ts";
import { lines } from "#lib/std/lines.ts";
import { type Answer, clippedText, requestInit, silenceOf } from "./ask.ts";
import type { ModelServer } from "./model-server.ts";
import { parseJson } from "./parse-json.ts";

/** What one streamed completion sounded like, as the server sent it, with its times. */
export interface Heard {
  content: string;
  reasoning: string;
  calls: { name: string; arguments: string }[];
  finishReason: string | null;
  /** Tokens of the completion as the server counted them; null when no usage came. */
  tokens: number | null;
  /** Chunks that carried anything. */
  chunks: number;
  firstMs: number | null;
  lastMs: number;
}

export type Conversation =
  | { kind: "heard"; heard: Heard }
  | { kind: "refused"; status: number; message: string }
  /** An error within the stream, or something that is no stream. */
  | { kind: "broken"; heard: Heard; problem: string }
  /** The time was up; what came until then. */
  | { kind: "late"; heard: Heard }
  | (Answer & { kind: "silent" });

/** One streamed completion. Never throws for what a server can do; throws when `signal` aborted. The end of `deadline` closes the socket, which frees the GPU. */
export async function converse(
  server: ModelServer,
  body: Record<string, unknown>,
  { deadline, signal }: { deadline: AbortSignal; signal: AbortSignal },
): Promise<Conversation> {
  const heard: Heard = { content: "", reasoning: "", calls: [], finishReason: null, tokens: null, chunks: 0, firstMs: null, lastMs: 0 };
  const began = performance.now();
  try {
    const response = await fetch(`${rootOf(server.url)}/v1/chat/completions`, {
      ...requestInit({
        apiKey: server.apiKey,
        body: { model: server.name, stream: true, stream_options: { include_usage: true }, ...body },
      }),
      signal: AbortSignal.any([signal, deadline]),
    });
    if (response.status !== 200) return refusal(response.status, await clippedText(response));
    const problem = await listen(response, heard, began);
    return problem === null ? { kind: "heard", heard } : { kind: "broken", heard, problem };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return { kind: "late", heard };
    return heard.chunks > 0 ? { kind: "broken", heard, problem: "the connection broke in the middle" } : silenceOf(error);
  }
}

function refusal(status: number, text: string): Conversation {
  const message = errorMessage(parseJson(text)) ?? text.trim();
  return { kind: "refused", status, message: message.length > 300 ? `${message.slice(0, 300)}…` : message };
}

/** Reads the stream to its end; a text when it is none that can be read. */
async function listen(response: Response, heard: Heard, began: number): Promise<string | null> {
  if (!response.body) return "an answer without a body came";
  for await (const line of lines(response.body)) {
    const data = /^data: ?(.*)$/.exec(line)?.[1];
    if (data === "[DONE]") break;
    if (data === undefined) {
      if (line === "" || /^(:|event:|id:|retry:)/.test(line)) continue;
      return `it does not stream: “${line.slice(0, 60)}” came instead of an event`;
    }
    const chunk = chatChunkSchema.safeParse(parseJson(data));
    if (!chunk.success) return `a chunk cannot be read: “${data.slice(0, 60)}”`;
    if (chunk.data.error !== undefined)
      return `an error came in the stream: “${(errorMessage(chunk.data.error) ?? "no reason given").slice(0, 200)}”`;
    add(chunk.data, heard, performance.now() - began);
  }
  return null;
}

function add(chunk: ChatChunk, heard: Heard, atMs: number): void {
  const choice = chunk.choices?.[0];
  const content = choice?.delta?.content ?? "";
  const reasoning = choice?.delta?.reasoning ?? choice?.delta?.reasoning_content ?? "";
  const calls = choice?.delta?.tool_calls ?? [];
  heard.content += content;
  heard.reasoning += reasoning;
  for (const call of calls) {
    const index = call.index ?? heard.calls.length;
    const known = heard.calls[index] ?? { name: "", arguments: "" };
    if (index < 0 || index > 100) continue; // no model makes a hundred calls; a server that says so must not fill the memory
    heard.calls[index] = { name: known.name || (call.function?.name ?? ""), arguments: known.arguments + (call.function?.arguments ?? "") };
  }
  if (choice?.finish_reason) heard.finishReason = choice.finish_reason;
  if (chunk.usage) heard.tokens = chunk.usage.completion_tokens ?? null;
  if (content === "" && reasoning === "" && calls.length === 0) return;
  heard.chunks++;
  heard.firstMs ??= atMs;
  heard.lastMs = atMs;
}
