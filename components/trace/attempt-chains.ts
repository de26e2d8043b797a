import type { CallView } from "#lib/domain/run-view.ts";
import type { Attempt } from "#lib/domain/tool-details.ts";

type Returned = Pick<NonNullable<CallView["returned"]>, "details" | "attempts">;

/** Who was asked for what, in turn: a chain for each query, or one for the call. */
export function attemptChains({ details, attempts }: Returned): { of: string | null; attempts: readonly Attempt[] }[] {
  if (details.kind !== "search" && details.kind !== "scholar") return [{ of: null, attempts }];
  return details.queries.map((query) => ({ of: query.query, attempts: query.attempts }));
}

/** The attempts that failed: to find nothing is an answer. */
export const failuresIn = (attempts: readonly Attempt[]): Attempt[] =>
  attempts.filter((attempt) => !attempt.ok && attempt.reason !== "no-results");

/** Whether another provider stood in for one that failed. */
export const hasFallback = (returned: Returned): boolean =>
  attemptChains(returned).some(({ attempts }) => {
    const failed = new Set(failuresIn(attempts).map((attempt) => attempt.provider));
    return failed.size > 0 && attempts.some((attempt) => attempt.ok && !failed.has(attempt.provider));
  });
