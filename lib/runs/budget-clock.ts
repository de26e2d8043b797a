import type { AgentRun } from "#lib/agents/agent-run.ts";
import type { Budget } from "#lib/domain/budget.ts";
import type { Event } from "#lib/domain/event.ts";
import type { Model } from "#lib/model/model.ts";

/** Upstream's guard for a window of 131,072: it leaves room for one completion and the template. */
const fullWindowLimit = 110 * 1024;
const completionTokens = 10_000;
const templateTokens = 8_192;

/** Tokens a conversation may have before the model has to answer, for a window (null: unknown, upstream's figure). */
export function tokenLimit(window: number | null): number {
  if (window === null || window >= 131_072) return fullWindowLimit;
  return Math.max(Math.floor(window / 2), window - completionTokens - templateTokens);
}

/** So close to the limit an estimate does not decide: what was added since the last count may be off by half. */
const isClose = (estimate: number, uncounted: number, limit: number) => estimate > limit - uncounted && uncounted > 0;

/**
 * What is left of a budget. Minutes count from the run's first start, so a restart does not give new ones; time without any model server
 * does not count. Tokens are what the server counted plus an estimate of what was added since; near the limit the server is asked.
 */
export function budgetClock(options: {
  budget: Budget;
  model: Pick<Model, "card" | "countTokens" | "windowNow">;
  startedAt: string;
  events: readonly Event[];
  signal: AbortSignal;
  clock: () => Date;
}): AgentRun["budget"] {
  const { budget, model, clock, events, signal } = options;
  const outageMs = () => outageIn(events);
  return async ({ messages, countedTokens, uncountedTokens, steps }) => {
    const limit = tokenLimit(model.windowNow?.() ?? model.card.window);
    const estimate = (countedTokens ?? 0) + uncountedTokens;
    const exact = isClose(estimate, uncountedTokens, limit) ? await model.countTokens?.(messages, signal) : null;
    return {
      calls: budget.calls - steps,
      minutes: (Date.parse(options.startedAt) + budget.minutes * 60_000 + outageMs() - clock().getTime()) / 60_000,
      tokens: limit - (exact ?? estimate),
    };
  };
}

/** Milliseconds without any model server. A wait that a restart of ours cut short counts up to that restart. */
function outageIn(events: readonly Event[]): number {
  let sum = 0;
  let since: string | null = null;
  for (const event of events) {
    if (event.type === "model-returned") {
      sum += event.waitedMs;
      since = null;
    } else if (event.type === "model-failed") since = event.untilBack ? event.at : null;
    else if (event.type === "run-started" && since !== null) {
      sum += Date.parse(event.at) - Date.parse(since);
      since = null;
    }
  }
  return sum;
}
