import type { CheckedPart, PartState } from "#lib/domain/check-up.ts";

/** A row of a check-up that has yet to be found out. */
export interface Asking {
  group: CheckedPart["group"];
  name: string;
  ask(signal: AbortSignal): Promise<CheckedPart>;
}

/** A row of a check-up: what the settings alone tell, or how to find out. */
export type Check = CheckedPart | Asking;

/** All of them side by side. */
export const madeChecks = (checks: readonly Check[], signal: AbortSignal): Promise<CheckedPart[]> =>
  Promise.all(checks.map((check) => ("ask" in check ? check.ask(signal) : check)));

/** The rows as they stand before anything was asked. */
export const plannedChecks = (checks: readonly Check[]): (CheckedPart | Pick<CheckedPart, "group" | "name">)[] =>
  checks.map((check) => ("ask" in check ? { group: check.group, name: check.name } : check));

/** What the settings alone tell. */
export const told = (
  group: CheckedPart["group"],
  name: string,
  found: { state: PartState; says: string } & Partial<Pick<CheckedPart, "facts" | "mend">>,
): CheckedPart => ({ facts: [], mend: [], durationMs: 0, ...found, group, name });
