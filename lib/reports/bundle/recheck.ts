import type { Citation } from "#lib/domain/citation.ts";
import { claimChecker } from "#lib/reports/verify/check-claim.ts";
import type { BundledSource } from "./bundle-format.ts";

/** What became of the citations of a bundle when they were checked against its own copies. */
export interface Recheck {
  citations: Citation[];
  /** Citations whose passage stands in the copy and whose status the texts bear out. */
  held: number;
  /** Places of the citations, from 1, whose passage does not stand in the copy. */
  passagesMissing: number[];
  /** Places of the citations, from 1, whose status was better than the texts allow; each has the one that they allow. */
  statusesLowered: number[];
  /** Verdicts of a model that cannot be checked offline. The texts do not contradict them. */
  takenOver: number;
}

/**
 * Checks every citation again without a network and without a model: the passage is what stands at its place in the copy, and no status is better
 * than the comparison of the texts allows. A model's verdict within that is taken over, and counted.
 */
export function recheck(citations: readonly Citation[], sources: readonly BundledSource[]): Recheck {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const checkers = new Map<string, ReturnType<typeof claimChecker>>();
  const result: Recheck = { citations: [], held: 0, passagesMissing: [], statusesLowered: [], takenOver: 0 };
  for (const [index, citation] of citations.entries()) {
    const { sourceId, claim, passage } = citation;
    const source = byId.get(sourceId);
    const text = source?.text.slice(passage.start, passage.end) ?? "";
    if (!source || text !== passage.text || passage.start > passage.end) {
      result.passagesMissing.push(index + 1);
      const reason = "The bundle's passage does not stand in its copy of the source.";
      result.citations.push({ ...citation, passage: { ...passage, text }, status: "unsupported", reason, judge: "text" });
      continue;
    }
    const checker = checkers.get(sourceId) ?? claimChecker(source);
    checkers.set(sourceId, checker);
    const check = checker(claim, passage);
    const isTooGood = rank(citation.status) > Math.max(rank(check.ceiling), rank(check.status));
    if (isTooGood) {
      result.statusesLowered.push(index + 1);
      result.citations.push({ ...citation, status: check.status, reason: check.reason, judge: "text" });
      continue;
    }
    result.held += 1;
    if (citation.judge === "model") result.takenOver += 1;
    result.citations.push(citation);
  }
  return result;
}

/** `unchecked` promises nothing, so nothing can be less. */
const order = ["unchecked", "unsupported", "weak", "supported", "quoted"];
const rank = (status: string) => order.indexOf(status);
