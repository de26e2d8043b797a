import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import type { Chunks } from "./chunks.ts";
import { type DeltaReader, deltaReader, isEmpty } from "./delta.ts";
import { logprobsOf } from "./logprobs.ts";
import type { Pace } from "./reply.ts";
import type { Sleeper, Ticker } from "./ticker.ts";
import { tokensAt, type Utterance } from "./utterance.ts";
import type { ChatRequest, WireUsage } from "./wire.ts";

export interface Speech {
  said: Utterance;
  chat: ChatRequest;
  chunks: Chunks;
  pace: Pace & { prefillMs: number; interval: number; perChunk: boolean };
  usageOf(completionTokens: number): WireUsage;
  /** Called as tokens come into being, whether or not the client has them yet. */
  generated(tokens: number): void;
  /** Called once when the server preempts the request. */
  preempted(): void;
}

/** Bytes that are written at once when nobody asked for a pace; one write a token costs ten times as much. */
const batchCharacters = 32_768;

/**
 * Says all of it, chunk by chunk: at the pace that was asked for, or as fast as the client reads. The last chunk carries the last text and
 * the finish reason together. Ends early when the client is gone.
 */
export async function speak(response: ServerResponse, speech: Speech, ticker: Ticker, sleeper: Sleeper): Promise<void> {
  const { said, pace } = speech;
  const total = said.ends.length;
  const reader = deltaReader(said.raw, said.spans);
  const due = timetable(pace);
  const paced = due(total) > performance.now();
  let held = speech.chunks.first(withUsage(speech, 0));
  let sent = 0;
  if (pace.prefillMs > 0) held = await flush(response, held);
  while (sent < total && !response.destroyed) {
    const next = nextEnd(sent, total, pace.interval);
    if (pace.freeze && sent < pace.freeze.afterTokens && next >= pace.freeze.afterTokens && next < total) speech.preempted();
    if (paced && due(next) > performance.now()) {
      held = await flush(response, held);
      await ticker.until(due(next), sleeper);
      if (response.destroyed) return;
    }
    held += chunkTo(speech, reader, sent, next);
    sent = next;
    speech.generated(tokensAt(said, sent));
    if (held.length >= batchCharacters) {
      held = await flush(response, held);
      await turn();
    }
  }
  if (total === 0) held += chunkTo(speech, reader, 0, 0);
  await flush(response, held);
}

/** The first token is sent by itself, then `interval` of them together. */
const nextEnd = (sent: number, total: number, interval: number) => (sent === 0 ? 1 : Math.min(total, sent + interval));

/** When a token is there: from absolute times, so that waiting too long once is made up for. */
function timetable({ msPerToken = 0, freeze, prefillMs, interval, perChunk }: Speech["pace"]): (token: number) => number {
  const start = performance.now() + prefillMs;
  const each = perChunk ? msPerToken / interval : msPerToken;
  return (token) => start + token * each + (freeze && token > freeze.afterTokens ? freeze.ms : 0);
}

function chunkTo(speech: Speech, reader: DeltaReader, from: number, to: number): string {
  const { said, chat } = speech;
  const last = to === said.ends.length;
  const upTo = last ? said.raw.length : Math.max(0, (said.ends[to - 1] ?? 0) - said.heldBack);
  const delta = reader.take(upTo);
  const end = last && said.finishReason !== null ? { finishReason: said.finishReason, stopReason: said.stopReason } : undefined;
  const logprobs = logprobsOf(said, chat, from, to);
  if (isEmpty(delta) && !end && logprobs === undefined && said.parsed) return "";
  if (delta.content === undefined && !said.parsed) delta.content = "";
  const usage = withUsage(speech, to);
  return speech.chunks.delta(delta, { end, logprobs, usage });
}

const withUsage = ({ said, chat, usageOf }: Speech, ends: number) =>
  chat.stream_options?.include_usage && chat.stream_options.continuous_usage_stats ? usageOf(tokensAt(said, ends)) : null;

/** Waits for a client that reads slowly. */
export async function flush(response: ServerResponse, text: string): Promise<""> {
  if (text === "" || response.destroyed) return "";
  if (!response.write(text) && !response.destroyed) await Promise.race([once(response, "drain"), once(response, "close")]).catch(() => {}); // broken is as good as closed
  return "";
}
