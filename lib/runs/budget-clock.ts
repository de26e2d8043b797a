import type { AgentRun } from "#lib/agents/agent-run.ts";
import type { Budget } from "#lib/domain/budget.ts";

/** Upstream's guard for a window of 131,072: it leaves room for one completion and the template. */
const fullWindowLimit = 110 * 1024;
const completionTokens = 10_000;
const templateTokens = 8_192;
/** UTF-8 English is about four characters a token, Chinese about one and a half; three errs on the side of answering in time. */
const charactersPerToken = 3;

/** Tokens a conversation may have before the model has to answer, for a window (null: unknown, upstream's figure). */
export function tokenLimit(window: number | null): number {
  if (window === null || window >= 131_072) return fullWindowLimit;
  return Math.max(Math.floor(window / 2), window - completionTokens - templateTokens);
}

/** What is left of a budget. Minutes count from the run's first start, so a restart does not give new ones. */
export function budgetClock(options: { budget: Budget; window: number | null; startedAt: string; clock: () => Date }): AgentRun["budget"] {
  const { budget, window, clock } = options;
  const limit = tokenLimit(window);
  const deadline = Date.parse(options.startedAt) + budget.minutes * 60_000;
  return ({ countedTokens, uncountedCharacters, steps }) => ({
    calls: budget.calls - steps,
    minutes: (deadline - clock().getTime()) / 60_000,
    tokens: limit - (countedTokens ?? 0) - Math.ceil(uncountedCharacters / charactersPerToken),
  });
}
