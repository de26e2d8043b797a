import { once } from "node:events";
import { chunksFor, type Heading } from "./chunks.ts";
import type { Exchange } from "./exchange.ts";
import { logprobsOf } from "./logprobs.ts";
import { observe } from "./metrics.ts";
import { type BlockChain, blockChain, blockTokens } from "./prefix-cache.ts";
import { sever } from "./raw-bytes.ts";
import { errorBody } from "./refusal.ts";
import type { Spoken } from "./reply.ts";
import { hexadecimal } from "./seeded.ts";
import { sendJson } from "./send-json.ts";
import { flush, type Speech, speak } from "./speak.ts";
import { tokensAt, type Utterance, utteranceOf } from "./utterance.ts";
import { wholeAnswer } from "./whole-answer.ts";
import type { WireUsage } from "./wire.ts";

/** Takes a seat, finds what the cache has of the prompt, says the reply and gives everything back, whoever ended it. */
export async function generate(reply: Spoken, exchange: Exchange): Promise<void> {
  const { state, response, record, prompt } = exchange;
  const { chat } = record;
  const heading = headingOf(exchange);
  // The headers of a stream are there while the request still waits for its turn: a client cannot tell waiting from thinking.
  if (chat.stream) {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.flushHeaders();
  }
  const release = await seat(exchange);
  if (response.destroyed) {
    if (record.outcome === "abort") state.metrics.success.abort++;
    return release();
  }
  record.outcome = "running";
  record.startedAt = performance.now();
  observe(state.metrics.inQueue, record.startedAt - record.arrivedAt);
  const chain = blockChain(chat.cache_salt ?? "");
  for (const piece of prompt) chain.append(piece);
  record.cachedTokens = state.cache.hit(chain);
  state.cache.hold(chain);
  const blocks = Math.ceil(chain.tokens / blockTokens);
  state.blocksInUse += blocks;
  state.metrics.cacheQueries += record.promptTokens;
  state.metrics.cacheHits += record.cachedTokens;
  state.metrics.promptTokens += record.promptTokens;
  const said = utteranceOf(reply, chat, exchange.mostTokens, state.options);
  try {
    await (chat.stream ? stream(reply, said, exchange, heading) : whole(reply, said, exchange, heading));
  } finally {
    settle(said, chain, exchange);
    state.blocksInUse -= blocks;
    release();
  }
}

/** A seat for it, or, for one whose client leaves while it waits, the end of waiting. */
async function seat({ state, response, record }: Exchange): Promise<() => void> {
  const waiter = { priority: record.chat.priority ?? 0, arrival: record.index };
  const leave = () => state.seats.leave(waiter);
  response.once("close", leave);
  const release = await state.seats.take(waiter);
  response.off("close", leave);
  return release;
}

function headingOf({ state, request, record }: Exchange): Heading {
  const asked = request.headers["x-request-id"];
  return {
    id: `chatcmpl-${typeof asked === "string" ? asked : hexadecimal(state.random, 32)}`,
    model: state.names?.[0] ?? (record.chat.model || "fake"),
    reasoningField: state.options.reasoningField ?? "reasoning",
  };
}

async function stream(reply: Spoken, said: Utterance, exchange: Exchange, heading: Heading): Promise<void> {
  const { state, response, record } = exchange;
  const chunks = chunksFor(heading, callIds(said, exchange));
  const speech = speechOf(reply, said, exchange, chunks);
  await speak(response, speech, state.ticker, exchange.sleeper);
  if (response.destroyed) return;
  if (said.finishReason !== null) {
    record.outcome = outcomeOf(said.finishReason);
    state.finished++;
    const wanted = record.chat.stream_options?.include_usage ?? state.options.forceIncludeUsage;
    return void response.end((wanted ? chunks.usage(speech.usageOf(record.completionTokens)) : "") + chunks.done);
  }
  if (reply.kind === "stall") return void (await once(response, "close"));
  record.outcome = "broken";
  if (reply.kind !== "stream-error") return sever(response);
  await flush(response, chunks.error(reply.message));
  response.end(chunks.done);
}

/** An answer in one piece takes as long as a stream of it. */
async function whole(reply: Spoken, said: Utterance, exchange: Exchange, heading: Heading): Promise<void> {
  const { state, response, record } = exchange;
  const speech = speechOf(reply, said, exchange, chunksFor(heading, callIds(said, exchange)));
  const { prefillMs, msPerToken = 0, freeze } = speech.pace;
  if (freeze) speech.preempted();
  await state.ticker.until(performance.now() + prefillMs + said.ends.length * msPerToken + (freeze?.ms ?? 0), exchange.sleeper);
  if (response.destroyed) return;
  const completion = tokensAt(said, said.ends.length);
  speech.generated(completion);
  if (said.finishReason === null) {
    if (reply.kind === "stall") return void (await once(response, "close"));
    record.outcome = "broken";
    if (reply.kind === "stream-error") return sendJson(response, 500, errorBody(500, { message: reply.message }));
    return sever(response);
  }
  record.outcome = outcomeOf(said.finishReason);
  state.finished++;
  const body = wholeAnswer(heading, said, {
    usage: speech.usageOf(completion),
    end: { finishReason: said.finishReason, stopReason: said.stopReason },
    callId: callIds(said, exchange),
    logprobs: logprobsOf(said, record.chat, 0, said.ends.length),
  });
  response.writeHead(200, { "content-type": "application/json" }).end(body);
}

function speechOf(reply: Spoken, said: Utterance, { state, record }: Exchange, chunks: Speech["chunks"]): Speech {
  const { options, metrics } = state;
  const tokensPerChunk = "tokensPerChunk" in reply ? reply.tokensPerChunk : undefined;
  const fresh = record.promptTokens - record.cachedTokens;
  return {
    said,
    chat: record.chat,
    chunks,
    pace: {
      msPerToken: reply.msPerToken ?? options.msPerToken ?? 0,
      ...(reply.freeze && { freeze: reply.freeze }),
      prefillMs: fresh * (options.prefillMsPerToken ?? 0),
      interval: tokensPerChunk ?? options.streamInterval ?? 1,
      perChunk: tokensPerChunk !== undefined,
    },
    usageOf: (completion) => usageOf(record.promptTokens, completion, options.promptTokensDetails ? record.cachedTokens : 0),
    generated(tokens) {
      metrics.generationTokens += tokens - record.completionTokens;
      record.completionTokens = tokens;
      if (record.firstTokenAt !== null) return;
      record.firstTokenAt = performance.now();
      observe(metrics.timeToFirstToken, record.firstTokenAt - record.arrivedAt);
    },
    preempted: () => void metrics.preemptions++,
  };
}

const usageOf = (prompt: number, completion: number, cached: number): WireUsage => ({
  prompt_tokens: prompt,
  total_tokens: prompt + completion,
  completion_tokens: completion,
  ...(cached > 0 && { prompt_tokens_details: { cached_tokens: cached } }),
});

function callIds(said: Utterance, { state }: Exchange): (index: number) => string {
  const made: string[] = [];
  return (index) => {
    made[index] ??= said.callIds[index] ?? `chatcmpl-tool-${hexadecimal(state.random, 16)}`;
    return made[index];
  };
}

const outcomeOf = (finishReason: string) => (finishReason === "length" || finishReason === "tool_calls" ? finishReason : "stop");

/** Whoever ended it: what was generated is in the cache and in the counters. */
function settle(said: Utterance, chain: BlockChain, { state, response, record }: Exchange): void {
  record.endedAt = performance.now();
  chain.append(said.ids.subarray(0, record.completionTokens));
  state.cache.hold(chain);
  const { metrics } = state;
  observe(metrics.wholeRequest, record.endedAt - record.arrivedAt);
  const ended = record.outcome;
  if (ended === "length") metrics.success.length++;
  else if (ended === "stop" || ended === "tool_calls") metrics.success.stop++;
  else if (response.destroyed && ended !== "broken") metrics.success.abort++;
}
