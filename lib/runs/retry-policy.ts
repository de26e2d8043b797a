import type { RetryPolicy } from "#lib/agents/agent-run.ts";

/** Upstream tries ten times and waits `min(2^n + U(0,1), 30)` seconds between: about three minutes in all. */
const tries = 10;
const longestMs = 30_000;

/** A vLLM that ran out of memory is back within five minutes; three times that is waited for. */
const outageMs = 15 * 60_000;

/** Failures that the same request meets again on every server. */
const hopeless = new Set(["refused", "context-overflow"]);
/** Failures that the same server gives again until somebody mends it. */
const misconfigured = new Set(["unauthorized", "unknown-model"]);

/** Another server first and at once; without any, until one is back; the same one after a growing pause, and not before it asked to. */
export const retryPolicy =
  (random: () => number = Math.random): RetryPolicy =>
  (failure, attempt) => {
    if (hopeless.has(failure.reason) || attempt >= tries) return { kind: "give-up" };
    if (failure.left === "others") return { kind: "again", inMs: 0 };
    if (failure.left === "none") return { kind: "when-back", withinMs: outageMs };
    if (misconfigured.has(failure.reason)) return { kind: "give-up" };
    const growing = Math.min(2 ** (attempt - 1) * 1000 + random() * 1000, longestMs);
    if (failure.retryAfterMs === undefined) return { kind: "again", inMs: growing };
    // What a server asks for is what it gets; asking again and again, it is asked less often.
    return { kind: "again", inMs: attempt <= 2 ? failure.retryAfterMs : Math.max(failure.retryAfterMs, growing) };
  };
