import OpenAI, { APIConnectionError, APIError } from "openai";
import { LineTooLong, lines } from "#lib/std/lines.ts";
import { type ChatChunk, chatChunkSchema, errorMessage, isContextOverflow } from "./chat-chunk.ts";
import type { CompletionRequest, CompletionSource, ModelDelta, ModelFailure, ModelUsage } from "./model.ts";

export interface ServerOptions {
  baseUrl: string; // with or without /v1
  name: string;
  apiKey?: string | undefined;
  /** Milliseconds without a byte until the stream counts as stalled. A preempted vLLM is silent for up to 20 s and more: never below 60 s in use. */
  stallMs?: number;
}

const defaultStallMs = 120_000;

/** The base address as the OpenAI client wants it: ending in /v1. */
export const apiBase = (url: string) => `${url.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1`;

/**
 * A vLLM server (or any OpenAI-compatible one) as a source of completions. The SDK sends the request; its stream is read by our own
 * parser, which costs a sixth per token and tells a stream that ended from one that was cut off. No retries here: the loop decides,
 * because every try is a fact of the run. Aborting destroys the socket, which is what frees the GPU.
 */
export function completionServer(options: ServerOptions): CompletionSource {
  const client = new OpenAI({ baseURL: apiBase(options.baseUrl), apiKey: options.apiKey ?? "EMPTY", maxRetries: 0, timeout: 600_000 });
  return {
    async *complete(request, signal) {
      const watch = new AbortController();
      const both = AbortSignal.any([signal, watch.signal]);
      try {
        const response = await client.chat.completions.create(body(request, options.name), { signal: both }).asResponse();
        yield* readStream(response, options.stallMs ?? defaultStallMs);
      } catch (error) {
        signal.throwIfAborted();
        yield { kind: "failed", failure: failureOf(error, options.baseUrl) };
      } finally {
        watch.abort();
      }
    },
  };
}

const body = (request: CompletionRequest, model: string) => ({
  model,
  messages: request.messages,
  max_tokens: request.maxTokens,
  temperature: request.sampling.temperature,
  ...(request.sampling.topP !== undefined && { top_p: request.sampling.topP }),
  ...(request.sampling.presencePenalty !== undefined && { presence_penalty: request.sampling.presencePenalty }),
  ...(request.stop && { stop: request.stop }),
  stream: true as const,
  stream_options: { include_usage: true },
});

class Stalled extends Error {
  override name = "Stalled" as const;
}

/** Reads the chunks of a 200. `[DONE]` is not success: only a finish reason is, and an error line may come at any place. */
async function* readStream(response: Response, stallMs: number): AsyncGenerator<ModelDelta> {
  if (!response.body) throw new Error("The server answered without a body");
  const seen: Seen = { text: false, reasoning: false, finishReason: null, usage: null, newsAt: performance.now(), characters: 0 };
  for await (const line of lines(withStallGuard(response.body, stallMs, seen))) {
    const data = /^data: ?(.*)$/.exec(line)?.[1];
    if (data === undefined) {
      if (line !== "" && !/^(:|event:|id:|retry:)/.test(line))
        return yield fail("nonsense", `The server sent something that is not an event stream: ${clip(line)}`);
      continue;
    }
    if (data === "[DONE]") break;
    const chunk = parseChunk(data);
    if (!chunk) return yield fail("nonsense", `The server sent a chunk that cannot be read: ${clip(data)}`);
    if (chunk.error !== undefined) return yield streamError(chunk.error);
    yield* textOf(chunk, seen);
    if (seen.characters > mostCharacters)
      return yield fail("nonsense", `The server sent more than ${mostCharacters} characters of one answer`);
  }
  if (seen.finishReason === null) return yield fail("cut-off", "The server closed the connection before the answer was complete");
  if (seen.finishReason === "abort") return yield fail("cut-off", "The server gave up the request before the answer was complete");
  if (!seen.text) return yield fail("empty", "The server gave an empty answer");
  yield { kind: "ended", finishReason: seen.finishReason, usage: seen.usage };
}

interface Seen {
  text: boolean;
  reasoning: boolean;
  finishReason: string | null;
  usage: ModelUsage | null;
  /** When the last text came: pings and empty chunks are no news. */
  newsAt: number;
  characters: number;
}

/** No answer of a window of 131,072 tokens is longer than this. */
const mostCharacters = 20_000_000;

/** A server with a reasoning parser sends the thought apart; it is put back into tags, so that the turn reads, and is sent back, as the model wrote it. */
function* textOf(chunk: ChatChunk, seen: Seen): Generator<ModelDelta> {
  const choice = chunk.choices?.[0];
  const reasoning = choice?.delta?.reasoning ?? choice?.delta?.reasoning_content;
  const content = choice?.delta?.content;
  if (reasoning || content || choice?.finish_reason || chunk.usage) seen.newsAt = performance.now();
  seen.characters += (reasoning?.length ?? 0) + (content?.length ?? 0);
  if (reasoning) {
    yield { kind: "text", text: seen.reasoning ? reasoning : `<think>\n${reasoning}` };
    seen.reasoning = true;
    seen.text = true;
  }
  if (content) {
    yield { kind: "text", text: seen.reasoning ? `\n</think>\n${content}` : content };
    seen.reasoning = false;
    if (content.trim()) seen.text = true;
  }
  if (choice?.finish_reason) {
    if (seen.reasoning) yield { kind: "text", text: "\n</think>\n" };
    seen.reasoning = false;
    seen.finishReason = choice.finish_reason;
  }
  if (chunk.usage) seen.usage = { promptTokens: chunk.usage.prompt_tokens, completionTokens: chunk.usage.completion_tokens ?? 0 };
}

function parseChunk(data: string): ChatChunk | null {
  try {
    return chatChunkSchema.parse(JSON.parse(data));
  } catch {
    return null;
  }
}

const fail = (reason: ModelFailure["reason"], detail: string): ModelDelta => ({ kind: "failed", failure: { reason, detail } });
const clip = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

function streamError(error: unknown): ModelDelta {
  const message = errorMessage(error) ?? "no reason given";
  return isContextOverflow(message)
    ? fail("context-overflow", message)
    : fail("server-error", `The server reported an error in the stream: ${clip(message)}`);
}

/** Ends with Stalled when no text came for `stallMs`, whatever else did; cancelling the reader closes the socket. */
async function* withStallGuard(stream: ReadableStream<Uint8Array>, stallMs: number, seen: Seen): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const stalled = Promise.withResolvers<never>();
      const timer = setTimeout(
        () => stalled.reject(new Stalled(`The server sent no text for ${Math.round(stallMs / 1000)} s`)),
        seen.newsAt + stallMs - performance.now(),
      );
      const next = await Promise.race([reader.read(), stalled.promise]).finally(() => clearTimeout(timer));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => {}); // already closed, or broken: either way nothing more will be read
  }
}

/** Every way a request can fail, as one of the closed reasons. */
function failureOf(error: unknown, baseUrl: string): ModelFailure {
  if (error instanceof Stalled) return { reason: "stalled", detail: error.message };
  if (error instanceof LineTooLong) return { reason: "nonsense", detail: error.message };
  if (error instanceof APIConnectionError) {
    const closed = /ECONNRESET|EPIPE|UND_ERR_SOCKET/.test(causeOf(error));
    if (closed) return { reason: "cut-off", detail: `${baseUrl} closed the connection before it answered` };
    return { reason: "unreachable", detail: `No connection to ${baseUrl}${causeOf(error)}` };
  }
  if (error instanceof APIError && error.status !== undefined) return statusFailure(error);
  return { reason: "cut-off", detail: `The connection broke while the answer was arriving${causeOf(error)}` };
}

function causeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return ` (${cause.code})`;
  }
  return "";
}

function statusFailure(error: APIError): ModelFailure {
  const status = Number(error.status);
  const message = errorMessage(error.error) ?? error.message;
  const detail = `HTTP ${status}: ${clip(message)}`;
  if (status === 400 && isContextOverflow(message)) return { reason: "context-overflow", detail: message };
  const seconds = Number(error.headers?.get("retry-after"));
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined;
  if (status === 429) return { reason: "rate-limited", detail, ...(retryAfterMs && { retryAfterMs }) };
  if (status >= 500) return { reason: "server-error", detail, ...(retryAfterMs && { retryAfterMs }) };
  return { reason: "refused", detail };
}
