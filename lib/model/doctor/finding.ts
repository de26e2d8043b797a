import type { CheckedPart, Mending } from "#lib/domain/check-up.ts";

/** One thing that a check found out, good or bad. */
export interface Finding {
  state: Exclude<CheckedPart["state"], "off">;
  says: string;
  facts?: string[];
  mend?: Mending[];
}

const rank = { works: 0, limited: 1, mend: 2 } as const;

/** The gravest first; equals stay in the order they were found. */
export const byGravity = (findings: readonly Finding[]): Finding[] => findings.toSorted((a, b) => rank[b.state] - rank[a.state]);
