import { wait } from "#lib/std/wait.ts";
import type { Manners } from "#lib/tools/providers/provider.ts";
import type { Desk } from "./desk.ts";
import { tooFar } from "./too-far.ts";
import type { Seat, Turns } from "./turns.ts";

interface TurnOptions {
  manners: Manners;
  turns: Turns;
  /** How long a turn is waited for; then the next provider is asked. */
  patienceMs?: number;
  random?: () => number;
}

/** Longer than a request, so that a seat is only ever taken from a process that died. */
const seatMs = 90_000;
/** How often a seat is looked for: soon at first, and then less often. */
const lookEveryMs = { first: 50, most: 500 };
/** What a service gets that says "too many requests" and not for how long. */
const defaultRestMs = 1_000;

/** Keeps to what a service asks of its callers, counted for all processes: so many requests at a time, so much time between them, and a rest when it says so. */
export function withTurns<Request, Value>(desk: Desk<Request, Value>, options: TurnOptions): Desk<Request, Value> {
  const { manners, turns, patienceMs = 20_000, random = Math.random } = options;

  async function seatBefore(moment: number, signal: AbortSignal): Promise<Seat | null> {
    for (let pause = lookEveryMs.first; ; pause = Math.min(pause * 1.5, lookEveryMs.most)) {
      const seat = await turns.sit(desk.name, manners.atOnce, seatMs);
      if (seat || performance.now() + pause > moment) return seat;
      await wait(pause * (0.5 + random()), signal);
    }
  }
  return {
    name: desk.name,
    async ask(request, signal) {
      const came = performance.now();
      const waited = () => Math.round(performance.now() - came);
      const seat = await seatBefore(came + patienceMs, signal);
      if (!seat) return tooFar(waited());
      try {
        const untilTurn = await turns.reserve(desk.name, manners.everyMs ?? 0, Math.max(0, patienceMs - waited()));
        if (untilTurn === null) return tooFar(waited());
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
