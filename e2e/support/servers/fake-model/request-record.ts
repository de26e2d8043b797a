import type { ChatRequest } from "./wire.ts";

/** What became of one request, for tests and benchmarks. Times are `performance.now()` of the server's process. */
export interface RequestRecord {
  index: number;
  chat: ChatRequest;
  promptTokens: number;
  /** Tokens of the prompt that were in the cache when the request began to generate. */
  cachedTokens: number;
  completionTokens: number;
  /** `waiting` until it has a seat; `refused` had a status; `broken` was cut, stalled or garbled by the script. */
  outcome: "waiting" | "running" | "stop" | "length" | "tool_calls" | "abort" | "refused" | "broken";
  arrivedAt: number;
  startedAt: number | null;
  firstTokenAt: number | null;
  endedAt: number | null;
}

export interface CacheSums {
  promptTokens: number;
  cachedTokens: number;
}

/** Of the requests that got as far as a seat. */
export function cacheSums(records: readonly RequestRecord[]): CacheSums {
  const sums = { promptTokens: 0, cachedTokens: 0 };
  for (const record of records) {
    if (record.startedAt === null) continue;
    sums.promptTokens += record.promptTokens;
    sums.cachedTokens += record.cachedTokens;
  }
  return sums;
}

/** What says that two requests belong to one conversation: system prompt and question, unless lanes share them. */
const conversation = ({ messages }: ChatRequest) => {
  const question = messages.findIndex((message) => message.role === "user");
  return messages
    .slice(0, question + 1)
    .map((message) => message.content)
    .join("\0");
};

/**
 * The tokens a perfect client would have found in an endless cache: for each request the whole prompt and answer of the one before it in
 * its conversation, and for the first one what it found. `cachedTokens / ideal` is what a client loses by changing what it said before.
 */
export function idealCachedTokens(records: readonly RequestRecord[], conversationOf: (chat: ChatRequest) => string = conversation): number {
  const before = new Map<string, number>();
  let ideal = 0;
  for (const record of records) {
    if (record.startedAt === null) continue;
    const key = conversationOf(record.chat);
    ideal += Math.min(before.get(key) ?? record.cachedTokens, record.promptTokens - 1);
    before.set(key, record.promptTokens + record.completionTokens);
  }
  return ideal;
}
