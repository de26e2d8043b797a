import { type AssistantTurn, assistantTurn, type Part } from "./assistant-turn.ts";
import type { FakeModelOptions } from "./options.ts";
import type { Alternatives, Spoken } from "./reply.ts";
import { type Parsers, type Span, spansOf, spansOfParts } from "./spans.ts";
import { endsOf, tokenIds, tokenized, tokensOf } from "./tokens-of.ts";
import { type ChatRequest, stopsOf } from "./wire.ts";

/** What the model will say to a request, down to the token: made before the first byte of it is sent. */
export interface Utterance {
  raw: string;
  spans: Span[];
  /** Where in `raw` each token ends, or whatever else is sent as one. */
  ends: Uint32Array;
  /** Tokens up to each end, where an end is not always one token's. */
  counts?: number[];
  ids: Uint32Array;
  /** Characters held back until the end, because a stop string could begin in them. */
  heldBack: number;
  /** Null: it does not come to an end. */
  finishReason: string | null;
  stopReason: string | null;
  /** A parser stands between text and chunks: chunks without news are not sent. */
  parsed: boolean;
  /** Calls may not be written anew in a whole answer: the script wrote them apart. */
  apart: boolean;
  callIds: (string | undefined)[];
  logprobs?: number[] | undefined;
  alternatives?: Alternatives | undefined;
}

export function utteranceOf(reply: Spoken, chat: ChatRequest, mostTokens: number, options: FakeModelOptions): Utterance {
  const said = reply.kind === "turn" ? turn(reply, chat, options) : text(reply, chat, options);
  if (tokensAt(said, said.ends.length) <= mostTokens) return said;
  return cut(said, reply, chat, mostTokens, options);
}

function turn(reply: Extract<Spoken, { kind: "turn" }>, chat: ChatRequest, options: FakeModelOptions): Utterance {
  const calls = chat.parallel_tool_calls === false ? (reply.calls ?? []).slice(0, 1) : (reply.calls ?? []);
  const parts = written({ reasoning: reply.reasoning, content: reply.content ?? "", calls }, options);
  const raw = parts.map((part) => part.text).join("");
  const { ids, ends: tokens } = tokenized(raw);
  const ends = reply.fragment ? fragmentEnds(parts, reply.fragment) : tokens;
  const named = typeof chat.tool_choice === "object" && chat.tool_choice !== null;
  return {
    raw,
    spans: spansOfParts(parts),
    ends,
    ...(reply.fragment && { counts: countsAt(ends, tokens) }),
    ids,
    heldBack: 0,
    finishReason: reply.finishReason ?? (calls.length > 0 && !named ? "tool_calls" : "stop"),
    stopReason: null,
    parsed: true,
    apart: true,
    callIds: calls.map((call) => call.id),
    alternatives: reply.alternatives,
  };
}

/** What the model wrote of a turn: without the `<think>` that already stands in the prompt. */
function written(turnOf: AssistantTurn, options: FakeModelOptions): Part[] {
  const parts = assistantTurn(turnOf);
  return options.thinkInPrompt && turnOf.reasoning !== undefined ? parts.slice(1) : parts;
}

/** Ends of tokens, but of fragments within arguments. */
const fragmentEnds = (parts: Part[], size: number) =>
  endsOf(parts.flatMap(({ kind, text }) => (kind === "arguments" ? fragmentsOf(text, size) : tokensOf(text))));

/** How many tokens there are at each of the ends. */
function countsAt(ends: Uint32Array, tokens: Uint32Array): number[] {
  let count = 0;
  return Array.from(ends, (end) => {
    while (count < tokens.length && (tokens[count] ?? 0) <= end) count++;
    return count;
  });
}

/** Tokens that have been generated when so many of an utterance's ends have been said. */
export const tokensAt = (said: Utterance, ends: number) => (ends === 0 ? 0 : (said.counts?.[ends - 1] ?? ends));

const fragmentsOf = (text: string, size: number) => text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];

function text(reply: Exclude<Spoken, { kind: "turn" }>, chat: ChatRequest, options: FakeModelOptions): Utterance {
  const ends = reply.kind === "text";
  const apart = reply.kind === "text" && reply.reasoning !== undefined;
  const stopped = ends ? stopAt(reply.text, chat) : { text: reply.text, stopReason: null };
  const parsers = parsersFor(chat, options);
  const parts = apart ? written({ reasoning: reply.reasoning, content: stopped.text, calls: [] }, options) : null;
  const raw = parts ? parts.map((part) => part.text).join("") : stopped.text;
  const spans = limited(parts ? spansOfParts(parts) : spansOf(raw, parsers), chat);
  const called = spans.some((span) => span.kind === "name");
  const named = typeof chat.tool_choice === "object" && chat.tool_choice !== null;
  return {
    raw,
    spans,
    ...tokenized(raw),
    heldBack: ends ? Math.max(0, ...stopsOf(chat).map((stop) => stop.length - 1)) : 0,
    finishReason: ends ? (reply.finishReason ?? (called && !named ? "tool_calls" : "stop")) : null,
    stopReason: stopped.stopReason,
    parsed: apart || parsers.reasoning !== "off" || parsers.tools,
    apart: false,
    callIds: [],
    logprobs: reply.kind === "text" ? reply.logprobs : undefined,
    alternatives: reply.kind === "text" ? reply.alternatives : undefined,
  };
}

/** The end of `max_tokens`: the text stops where it is, also in the middle of a call. */
function cut(said: Utterance, reply: Spoken, chat: ChatRequest, mostTokens: number, options: FakeModelOptions): Utterance {
  const ends = said.ends.filter((_, index) => tokensAt(said, index + 1) <= mostTokens);
  const length = ends.at(-1) ?? 0;
  const raw = said.raw.slice(0, length);
  const reparsed = !said.apart && !(reply.kind === "text" && reply.reasoning !== undefined);
  const spans = reparsed ? limited(spansOf(raw, parsersFor(chat, options)), chat) : said.spans;
  return { ...said, raw, spans, ends, ids: tokenIds(raw), finishReason: said.finishReason === null ? null : "length", stopReason: null };
}

function parsersFor(chat: ChatRequest, options: FakeModelOptions): Parsers {
  const thinks = options.reasoningParser === true && chat.chat_template_kwargs?.enable_thinking !== false;
  return {
    reasoning: thinks ? (options.thinkInPrompt ? "mid-thought" : "tags") : "off",
    tools: options.toolParser !== undefined && (chat.tools ?? []).length > 0 && chat.tool_choice !== "none",
    unreadableCalls: chat.stream ? (options.unreadableCalls ?? "content") : "content",
    stream: chat.stream === true,
  };
}

/** `parallel_tool_calls: false` keeps the first call and drops the others. */
const limited = (spans: Span[], chat: ChatRequest) =>
  chat.parallel_tool_calls === false ? spans.filter((span) => (span.call ?? 0) === 0) : spans;

/** Stop strings are looked for in all of the text, thought included, and cut off unless the request wants them. */
function stopAt(text: string, chat: ChatRequest): { text: string; stopReason: string | null } {
  let earliest = text.length;
  let stopReason: string | null = null;
  for (const stop of stopsOf(chat)) {
    const at = text.indexOf(stop);
    if (at < 0 || at >= earliest) continue;
    earliest = at;
    stopReason = stop;
  }
  if (stopReason === null) return { text, stopReason };
  return { text: text.slice(0, earliest + (chat.include_stop_str_in_output ? stopReason.length : 0)), stopReason };
}
