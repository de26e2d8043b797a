import { count } from "#components/trace/count.ts";
import type { ComparedFinding, LaneStance } from "#lib/domain/comparison.ts";
import type { Stance } from "#lib/domain/heavy.ts";
import { inWords } from "./in-words.ts";

const forms: Record<Stance, [one: string, more: string]> = {
  agrees: ["agrees", "agree"],
  partly: ["partly", "partly"],
  differs: ["differs", "differ"],
  silent: ["silent", "silent"],
};
const order: readonly Stance[] = ["agrees", "partly", "differs", "silent"];

/** `3 agree, 1 silent`, `all 4 agree`: counts of stances, never a score. */
export function stanceCounts(stances: readonly Pick<LaneStance, "stance">[]): string {
  const counts = order.flatMap((stance) => {
    const n = stances.filter((each) => each.stance === stance).length;
    return n === 0 ? [] : [`${n} ${forms[stance][n === 1 ? 0 : 1]}`];
  });
  const [only, ...others] = counts;
  return only && others.length === 0 && stances.length > 1
    ? `${stances.length === 2 ? "both" : "all"} ${only.replace(/^2 /, "")}`
    : counts.join(", ");
}

/** How many sources a finding rests on that are not copies of one another: `1 text: all 3 are the same text or page`. */
export function independentWords({ sources, independent, unknownSources }: ComparedFinding): string {
  const known =
    sources.length === 0
      ? "names no source that was read"
      : `${count(independent, independent === 1 ? "text" : "different text")}${copies(sources.length, independent)}`;
  if (unknownSources.length === 0) return sources.length === 0 ? "names no source" : known;
  return `${known}; no source has the ${unknownSources.length === 1 ? "number" : "numbers"} ${inWords(unknownSources)}`;
}

function copies(sources: number, independent: number): string {
  if (sources === independent) return "";
  return independent === 1
    ? `: ${sources === 2 ? "both" : `all ${sources}`} are the same text or page`
    : `: of ${sources}, the others are copies`;
}

/** What the log adds to a stance that the word alone would hide. Null: nothing. */
export function stanceCaveat({ stance, reading, leftNothing }: LaneStance, sources: number): string | null {
  if (leftNothing) return stance === "silent" ? "left nothing" : "left nothing to judge by";
  if (reading !== "none") return null;
  return sources === 1 ? "did not read the source" : "read none of the sources";
}
