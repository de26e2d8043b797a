import type { CallView } from "#lib/domain/run-view.ts";
import type { Attempt } from "#lib/domain/tool-details.ts";

type Returned = Pick<NonNullable<CallView["returned"]>, "details" | "attempts">;

/** Who was asked for what, in turn: a chain for each query, or one for the call. */
export function attemptChains({ details, attempts }: Returned): { of: string | null; attempts: readonly Attempt[] }[] {
  if (details.kind !== "search" && details.kind !== "scholar") return [{ of: null, attempts }];
  return details.queries.map((query) => ({ of: query.query, attempts: query.attempts }));
}

/** Whether another provider stood in for one that failed. */
export const hasFallback = (returned: Returned): boolean =>
  attemptChains(returned).some(
    ({ attempts }) =>
      attempts.some((each) => !each.ok) && attempts.some((each) => each.ok) && new Set(attempts.map((each) => each.provider)).size > 1,
  );
