import type { StepUsage } from "#lib/domain/event.ts";
import { LineTooLong } from "#lib/std/lines.ts";
import { NotAnEventStream, sseParser } from "#lib/std/sse-data.ts";
import { type ChatChunk, errorMessage, isContextOverflow, readChunks, tokensIn } from "./chat-chunk.ts";
import { type ChunkShape, shapeOf } from "./chunk-shape.ts";
import { clip, overflow } from "./failure-of.ts";
import type { ModelDelta, ModelFailure, SpokenDelta } from "./model.ts";
import { type SaidToken, uncertaintyOf } from "./uncertainty.ts";

/** No answer of a window of 131,072 tokens is longer than this. */
const mostCharacters = 20_000_000;

interface Seen {
  /** The shape of the last chunk that had nothing but text. */
  shape: ChunkShape | null;
  text: boolean;
  finishReason: string | null;
  usage: StepUsage | null;
  characters: number;
  /** Of a server that was asked how likely they were. They run ahead of the text, of which a stop string's length is held back. */
  tokens: SaidToken[];
  /** Thought or calls came in fields of their own. */
  apart: boolean;
}

/**
 * Reads the chunks of a 200. `[DONE]` is not success: only a finish reason is, and an error line may come at any place. What arrives
 * together is handed on together, so that a fast server costs no more turns of the event loop than it sends packets.
 */
export async function* readStream(bytes: AsyncIterable<Uint8Array>, onNews: () => void): AsyncGenerator<ModelDelta> {
  const seen: Seen = { shape: null, text: false, finishReason: null, usage: null, characters: 0, tokens: [], apart: false };
  const parser = sseParser();
  try {
    for await (const portion of bytes) {
      const { deltas, end } = take(parser.push(portion), seen, onNews);
      yield* deltas;
      if (end) return yield* end === "done" ? ending(seen) : [end];
    }
    const { deltas, end } = take(parser.end(), seen, onNews);
    yield* deltas;
    yield* end && end !== "done" ? [end] : ending(seen);
  } catch (error) {
    if (error instanceof NotAnEventStream)
      yield fail("nonsense", `The server sent something that is not an event stream: ${clip(error.message)}`);
    else if (error instanceof LineTooLong) yield fail("nonsense", error.message);
    else if (seen.finishReason !== null && seen.text)
      yield* ending(seen); // broken off after the answer was whole
    else throw error;
  }
}

/** The deltas of some events; adjacent ones of a kind become one. `end` is set when nothing after them counts. */
function take(events: string[], seen: Seen, onNews: () => void): { deltas: SpokenDelta[]; end: "done" | ModelDelta | null } {
  const deltas: SpokenDelta[] = [];
  let news = false;
  for (const data of events) {
    if (seen.characters > mostCharacters)
      return { deltas, end: fail("nonsense", `The server sent more than ${mostCharacters} characters of one answer`) };
    if (data === "[DONE]") return { deltas, end: "done" };
    const text = seen.shape?.textOf(data);
    if (seen.shape && text) {
      addText(deltas, seen.shape.kind, text);
      seen.text ||= text.trim() !== "";
      seen.characters += text.length;
      news = true;
      continue;
    }
    const chunks = readChunks(data);
    if (!chunks) return { deltas, end: fail("nonsense", `The server sent a chunk that cannot be read: ${clip(data)}`) };
    for (const chunk of chunks) {
      if (chunk.error !== undefined && chunk.error !== null) return { deltas, end: streamError(chunk.error) };
      const tokens = tokensIn(chunk);
      news = addTokens(tokens, seen) || news;
      news = addChunk(chunk, seen, deltas) || news;
      // A chunk that tells of its tokens has no shape: one after it with the same tail would be read without them.
      seen.shape = chunks.length === 1 && tokens.length === 0 && isOnlyText(chunk) ? shapeOf(data, textIn(chunk)) : seen.shape;
    }
  }
  if (news) onNews();
  return { deltas, end: null };
}

/** Adds what a chunk says to the deltas. False when it says nothing: pings and empty chunks are no news. */
function addChunk(chunk: ChatChunk, seen: Seen, deltas: SpokenDelta[]): boolean {
  const choice = chunk.choices?.[0];
  const delta = choice?.delta;
  const reasoning = delta?.reasoning ?? delta?.reasoning_content;
  // One chunk may hold the end of the thought and the beginning of the text: in this order.
  if (reasoning) addText(deltas, "reasoning", reasoning);
  if (delta?.content) addText(deltas, "text", delta.content);
  for (const [position, fragment] of (delta?.tool_calls ?? []).entries())
    deltas.push({
      kind: "call",
      index: fragment.index ?? position,
      id: fragment.id ?? "",
      name: fragment.function?.name ?? "",
      arguments: fragment.function?.arguments ?? "",
    });
  const calls = delta?.tool_calls?.length ?? 0;
  if (reasoning || calls > 0) seen.apart = true;
  if (reasoning || delta?.content?.trim() || calls > 0) seen.text = true;
  seen.characters += (reasoning?.length ?? 0) + (delta?.content?.length ?? 0);
  for (const fragment of delta?.tool_calls ?? []) seen.characters += fragment.function?.arguments?.length ?? 0;
  if (choice?.finish_reason) seen.finishReason = choice.finish_reason;
  if (chunk.usage) seen.usage = usageOf(chunk.usage);
  return Boolean(reasoning || delta?.content || calls > 0 || choice?.finish_reason || chunk.usage);
}

function addTokens(tokens: readonly SaidToken[], seen: Seen): boolean {
  for (const token of tokens) {
    seen.tokens.push(token);
    seen.characters += token.text.length;
  }
  return tokens.length > 0;
}

/** The text of a chunk that has text of one kind and nothing else. */
const textIn = (chunk: ChatChunk): string => {
  const delta = chunk.choices?.[0]?.delta;
  return delta?.content || delta?.reasoning || delta?.reasoning_content || "";
};

function isOnlyText(chunk: ChatChunk): boolean {
  const choice = chunk.choices?.[0];
  const { content, reasoning, reasoning_content: older, tool_calls: calls } = choice?.delta ?? {};
  const texts = [content, reasoning ?? older].filter(Boolean);
  return (
    texts.length === 1 && !(reasoning && older) && !calls?.length && !choice?.finish_reason && !chunk.usage && chunk.choices?.length === 1
  );
}

function addText(deltas: SpokenDelta[], kind: "text" | "reasoning", text: string): void {
  const last = deltas.at(-1);
  if (last?.kind === kind) last.text += text;
  else deltas.push({ kind, text });
}

function usageOf(usage: NonNullable<ChatChunk["usage"]>): StepUsage {
  const cached = usage.prompt_tokens_details?.cached_tokens;
  return {
    promptTokens: usage.prompt_tokens,
    completionTokens: usage.completion_tokens ?? 0,
    ...(typeof cached === "number" && { cachedTokens: cached }),
  };
}

function ending(seen: Seen): ModelDelta[] {
  if (seen.finishReason === null) return [fail("cut-off", "The server closed the connection before the answer was complete")];
  if (seen.finishReason === "abort") return [fail("cut-off", "The server gave up the request before the answer was complete")];
  if (!seen.text) return [fail("empty", "The server gave an empty answer")];
  const uncertainty = uncertaintyOf(seen.tokens, seen);
  return [{ kind: "ended", finishReason: seen.finishReason, usage: seen.usage, ...(uncertainty && { uncertainty }) }];
}

function streamError(error: unknown): ModelDelta {
  const message = errorMessage(error) ?? "no reason given";
  if (isContextOverflow(message)) return { kind: "failed", failure: overflow(message) };
  return fail("server-error", `The server reported an error in the stream: ${clip(message)}`);
}

const fail = (reason: ModelFailure["reason"], detail: string): ModelDelta => ({ kind: "failed", failure: { reason, detail } });
