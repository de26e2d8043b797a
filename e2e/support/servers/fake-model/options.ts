import type { OverflowWording } from "./overflow-message.ts";

export interface FakeModelOptions {
  /** The served names; the first one is stated in answers. Without one any name is taken. */
  name?: string | string[];
  /** What the weights are called, in `/v1/models`. */
  root?: string;
  /** Tokens of prompt and answer together. Given: enforced, as is `max_tokens`. Without it 131,072 is stated and nothing is refused or cut. */
  window?: number;
  overflowWording?: OverflowWording;
  /** Asked for on `/v1` alone, as vLLM does. */
  apiKey?: string;
  version?: string;
  /** `<think>…</think>` of a text is sent in a field of its own. */
  reasoningParser?: boolean;
  /** vLLM ≤ 0.11 sent `reasoning_content`, a few versions both, since 0.16 `reasoning`. */
  reasoningField?: "reasoning" | "reasoning_content" | "both";
  /** The template puts `<think>` into the prompt: texts begin mid-thought. */
  thinkInPrompt?: boolean;
  /** `<tool_call>` blocks of a text become calls, where the request has tools. Without it such a request is refused. */
  toolParser?: "hermes";
  /** What becomes of a block the parser cannot read. Whole answers keep it as content; streams of vLLM ≥ 0.19 lose it ("swallowed"). */
  unreadableCalls?: "content" | "swallowed";
  /** States `cached_tokens` in the usage, unless it is 0. */
  promptTokensDetails?: boolean;
  /** Sends usage although nobody asked for it. */
  forceIncludeUsage?: boolean;
  /** Tokens a chunk, after the first. */
  streamInterval?: number;
  /** Requests that generate at once; the others wait, headers sent and no byte of body. */
  maxSeqs?: number;
  scheduling?: "fcfs" | "priority";
  /** Pace of texts that have none of their own. */
  msPerToken?: number;
  /** Time to the first token for each token of the prompt that is not in the cache. */
  prefillMsPerToken?: number;
  /** Blocks of 16 tokens the cache holds. Without it, all of them; `kv_cache_usage_perc` then counts 8,192 as full. */
  cacheBlocks?: number;
  /** More chat requests at once than this are answered with 429 and Retry-After. vLLM has no such limit: this is a proxy before it. */
  limit?: { concurrent: number; retryAfterSeconds?: number };
  /** Whether `/metrics` is there; it is. */
  metrics?: boolean;
  /** What ids are made of. */
  seed?: number;
}

export const statedWindow = 131_072;
