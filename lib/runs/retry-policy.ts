import type { RetryPolicy } from "#lib/agents/agent-run.ts";

/** Upstream tries ten times and waits `min(2^n + U(0,1), 30)` seconds between: about three minutes in all, enough for a vLLM that restarts. */
const tries = 10;
const longestMs = 30_000;

/** Failures that the same request meets again: a wrong key, a wrong model, a prompt that is too long. */
const hopeless = new Set(["refused", "context-overflow"]);

export const retryPolicy =
  (random: () => number = Math.random): RetryPolicy =>
  (failure, attempt) => {
    if (hopeless.has(failure.reason) || attempt >= tries) return null;
    if (failure.retryAfterMs !== undefined) return failure.retryAfterMs;
    return Math.min(2 ** (attempt - 1) * 1000 + random() * 1000, longestMs);
  };
