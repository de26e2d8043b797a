import type { AgentRun } from "#lib/agents/agent-run.ts";
import type { Budget } from "#lib/domain/budget.ts";
import type { Event } from "#lib/domain/event.ts";
import { noOutage, uncountedMs, withOutage } from "#lib/domain/outage.ts";
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

/** What of a run's minutes and tokens a lane may use before it has to answer. */
export interface BudgetShare {
  minutes: number;
  tokens: number;
}
export const wholeBudget: BudgetShare = { minutes: 1, tokens: 1 };

/** What the minutes of a run are counted from. */
export interface RunTime {
  budget: Budget;
  startedAt: string;
  events: readonly Event[];
  clock: () => Date;
}

/** Minutes that are left of a run, or of a share of it. */
export function minutesLeft({ budget, startedAt, events, clock }: RunTime, share = 1): number {
  const now = clock().getTime();
  return (Date.parse(startedAt) + budget.minutes * share * 60_000 + uncountedMs(events.reduce(withOutage, noOutage), now) - now) / 60_000;
}

/**
 * What is left of a budget. Minutes count from the run's first start, so a restart does not give new ones; time without any model server
 * and time paused do not count. Tokens are what the server counted plus an estimate of what was added since; near the limit the server is asked.
 */
export function budgetClock(
  options: RunTime & {
    model: Pick<Model, "card" | "countTokens" | "windowNow">;
    share: BudgetShare;
    signal: AbortSignal;
  },
): AgentRun["budget"] {
  const { budget, model, share, events, signal } = options;
  return async ({ messages, countedTokens, uncountedTokens, steps }) => {
    const limit = tokenLimit(model.windowNow?.() ?? model.card.window);
    const estimate = (countedTokens ?? 0) + uncountedTokens;
    const exact = isClose(estimate, uncountedTokens, limit) ? await model.countTokens?.(messages, signal) : null;
    return {
      calls: budget.calls - steps,
      minutes: minutesLeft(options, share.minutes),
      tokens: limit - (exact ?? estimate),
      runTokens: budget.tokens === undefined ? Number.POSITIVE_INFINITY : budget.tokens * share.tokens - tokensIn(events),
    };
  };
}

/** Prompt and completion of every step of the run, of all its lanes, as the servers counted them. */
function tokensIn(events: readonly Event[]): number {
  let sum = 0;
  for (const event of events)
    if ((event.type === "step-ended" || event.type === "context-compacted") && event.usage)
      sum += event.usage.promptTokens + event.usage.completionTokens;
  return sum;
}
