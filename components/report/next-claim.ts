import type { Citation } from "#lib/domain/citation.ts";
import type { ClaimFilter } from "./reading-store.ts";
import { isToLookAt } from "./status.ts";

/** Places of the citations that a filter shows. Of the sentences without a citation there are none. */
export const shownClaims = (citations: readonly Citation[], filter: ClaimFilter): number[] =>
  citations.flatMap(({ status }, index) =>
    filter === null || filter === status || (filter === "look" && isToLookAt(status)) ? [index] : [],
  );

/** The claim after or before the current one, among those that the filter shows; with `toLookAt` only what is weak, unsupported or not checked. */
export function nextClaim(
  citations: readonly Citation[],
  { current, filter }: { current: number | null; filter: ClaimFilter },
  by: 1 | -1,
  toLookAt: boolean,
): number | undefined {
  const places = shownClaims(citations, filter === "uncited" ? null : filter).filter(
    (index) => !toLookAt || isToLookAt(citations[index]?.status ?? "quoted"),
  );
  return by > 0 ? places.find((index) => index > (current ?? -1)) : places.findLast((index) => index < (current ?? citations.length));
}
