import type { Budget } from "#lib/domain/budget.ts";
import type { Env } from "#lib/env.ts";

/** The budget that is asked for, within what the settings allow; what is not asked for is as much as they allow. */
export function limitedBudget(
  asked: Partial<Budget>,
  { MAX_LLM_CALLS, MAX_RUN_MINUTES, MAX_RUN_TOKENS }: Pick<Env, "MAX_LLM_CALLS" | "MAX_RUN_MINUTES" | "MAX_RUN_TOKENS">,
): Budget {
  const tokens = Math.min(asked.tokens ?? Number.POSITIVE_INFINITY, MAX_RUN_TOKENS ?? Number.POSITIVE_INFINITY);
  return {
    calls: Math.min(asked.calls ?? MAX_LLM_CALLS, MAX_LLM_CALLS),
    minutes: Math.min(asked.minutes ?? MAX_RUN_MINUTES, MAX_RUN_MINUTES),
    ...(Number.isFinite(tokens) && { tokens }),
  };
}
