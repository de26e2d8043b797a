import type { FailureReason } from "#lib/domain/outcome.ts";
import { wait } from "#lib/std/wait.ts";

type Answer = { ok: true } | { ok: false; reason: FailureReason; retryAfterMs?: number };

/** What another try may mend. The rest is the same the second time. */
const passing = new Set<FailureReason>(["server-error", "rate-limited", "unreachable", "timed-out"]);

/** Tries again, at most `attempts` times in all, with growing, jittered pauses; a server's own Retry-After goes first. */
export async function withRetry<T extends Answer>(
  options: { attempts: number; signal: AbortSignal; pauseMs?: number; random?: () => number },
  task: () => Promise<T>,
): Promise<T> {
  const { attempts, signal, pauseMs = 400, random = Math.random } = options;
  for (let attempt = 1; ; attempt++) {
    const answer = await task();
    if (answer.ok || attempt >= attempts || !passing.has(answer.reason)) return answer;
    await wait(answer.retryAfterMs ?? pauseMs * 2 ** (attempt - 1) * (0.5 + random()), signal);
  }
}
