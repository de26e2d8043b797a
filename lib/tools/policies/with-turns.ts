import { wait } from "#lib/std/wait.ts";
import type { Manners } from "#lib/tools/providers/provider.ts";
import { asked, type Desk } from "./asked.ts";
import type { Seat, Turns } from "./turns.ts";

export interface TurnOptions {
  manners: Manners;
  turns: Turns;
  random?: () => number;
}

/** A turn that is further away than this is not waited for: the next provider is asked. */
const patienceMs = 20_000;
/** Longer than a wait for a turn and a request together, so that a seat is only ever taken from a process that died. */
const seatMs = 90_000;
const lookEveryMs = 100;
/** What a service gets that says "too many requests" and not for how long. */
const defaultRestMs = 1_000;

/** Keeps to what a service asks of its callers, counted for all processes: so many requests at a time, so much time between them, and a rest when it says so. */
export function withTurns<Request, Value>(desk: Desk<Request, Value>, options: TurnOptions): Desk<Request, Value> {
  const { manners, turns, random = Math.random } = options;

  async function seatFor(signal: AbortSignal): Promise<Seat> {
    for (;;) {
      const seat = await turns.sit(desk.name, manners.atOnce, seatMs);
      if (seat) return seat;
      await wait(lookEveryMs * (0.5 + random()), signal);
    }
  }
  return {
    name: desk.name,
    async ask(request, signal) {
      const came = performance.now();
      const waited = () => Math.round(performance.now() - came);
      const seat = await seatFor(signal);
      try {
        const untilTurn = await turns.reserve(desk.name, manners.everyMs ?? 0, patienceMs);
        if (untilTurn === null) {
          const detail = `its next turn is more than ${patienceMs / 1_000} s away`;
          return asked<Value>({ ok: false, reason: "rate-limited", detail, retryAfterMs: patienceMs }, { tries: 0, waitedMs: waited() });
        }
        if (untilTurn > 0) await wait(untilTurn, signal);
        const waitedMs = waited();
        const answered = await desk.ask(request, signal);
        if (answered.answer?.ok === false && answered.answer.reason === "rate-limited")
          await turns.rest(desk.name, answered.answer.retryAfterMs ?? defaultRestMs);
        return { ...answered, waitedMs: answered.waitedMs + waitedMs };
      } finally {
        await seat.leave();
      }
    },
  };
}
