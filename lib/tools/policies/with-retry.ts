import type { FailureReason } from "#lib/domain/outcome.ts";
import { wait } from "#lib/std/wait.ts";
import type { Asked, Desk } from "./desk.ts";

/** What another try may mend. The rest is the same the second time. */
const passing: readonly FailureReason[] = ["server-error", "rate-limited", "unreachable", "timed-out"];

export interface RetryOptions {
  /** Tries in all. */
  tries: number;
  /** Half to one and a half times of this before the second try, twice that before the third. */
  pauseMs?: number;
  /** When the service asks for a longer wait than this, somebody else is asked instead. */
  patienceMs?: number;
  /** What is asked again; by default everything that may pass. */
  mends?: readonly FailureReason[];
  random?: () => number;
}

/** Asks again what may pass, with growing, jittered pauses; a service's own Retry-After goes first. */
export function withRetry<Request, Value>(desk: Desk<Request, Value>, options: RetryOptions): Desk<Request, Value> {
  const { tries, pauseMs = 400, patienceMs = 5_000, mends = passing, random = Math.random } = options;
  return {
    name: desk.name,
    async ask(request, signal) {
      let before = { tries: 0, waitedMs: 0 };
      for (let made = 1; ; made++) {
        const last = await desk.ask(request, signal);
        const all: Asked<Value> = { ...last, tries: before.tries + last.tries, waitedMs: before.waitedMs + last.waitedMs };
        const pause = made < tries ? pauseAfter(last, mends, pauseMs * 2 ** (made - 1) * (0.5 + random())) : null;
        if (pause === null || pause > patienceMs) return all;
        before = all;
        await wait(pause, signal);
      }
    },
  };
}

/** Null: asking again is of no use. */
function pauseAfter({ answer, tries }: Asked<unknown>, mends: readonly FailureReason[], pauseMs: number): number | null {
  if (!answer || answer.ok || tries === 0 || !mends.includes(answer.reason)) return null;
  return answer.retryAfterMs ?? pauseMs;
}
