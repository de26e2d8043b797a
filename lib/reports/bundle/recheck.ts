import { setImmediate } from "node:timers/promises";
import type { Citation, CitationStatus } from "#lib/domain/citation.ts";
import { type ClaimCheck, claimChecker } from "#lib/reports/verify/check-claim.ts";
import type { Verdict } from "#lib/reports/verify/read-verdicts.ts";
import { settle } from "#lib/reports/verify/settle.ts";
import type { BundledReport, BundledSource } from "./bundle-format.ts";
import { type MarkedClaim, markedClaims } from "./marked-claims.ts";

/** What became of the citations of a bundle when they were checked against its own text and copies. Places count from 1. */
export interface Recheck {
  citations: Citation[];
  /** Citations whose claim is what their mark stands on, whose passage stands in the copy and whose status the texts bear out. */
  held: number;
  /** Places of the citations whose passage does not stand in the copy. */
  passagesMissing: number[];
  /** Places of the citations whose words stand in the copy at another place, which they have now. */
  passagesMoved: number[];
  /** Places of the citations whose status was better than the texts allow, or was given to other words than those of the report; each has what they allow. */
  statusesLowered: number[];
  /** Verdicts of a model that cannot be checked offline. The texts do not contradict them. */
  takenOver: number;
}

/** So many citations are checked before other requests get their turn. */
const atOnce = 20;

/**
 * Checks every citation again without a network and without a model: its claim is what its mark in the Markdown stands on, its passage is what stands
 * at its place in the copy, and its status is what the comparison of the texts gives. A model's verdict counts within that, and is counted.
 * The report has as many marks as citations.
 */
export async function recheck(
  { markdown, citations }: Pick<BundledReport, "markdown" | "citations">,
  sources: readonly BundledSource[],
): Promise<Recheck> {
  const marked = markedClaims(markdown);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const checkers = new Map<string, ReturnType<typeof claimChecker>>();
  const result: Recheck = { citations: [], held: 0, passagesMissing: [], passagesMoved: [], statusesLowered: [], takenOver: 0 };
  for (const [index, told] of citations.entries()) {
    if (index % atOnce === atOnce - 1) await setImmediate();
    const citation = withOwnClaim(told, marked[index]);
    const { sourceId, claim, passage } = citation;
    const source = byId.get(sourceId);
    const text = source?.text.slice(passage.start, passage.end) ?? "";
    if (!source || text !== passage.text || passage.start > passage.end) {
      result.passagesMissing.push(index + 1);
      const reason = "The bundle's passage does not stand in its copy of the source.";
      const end = passage.start + text.length;
      result.citations.push({ ...citation, passage: { start: passage.start, end, text }, status: "unsupported", reason, judge: "text" });
      continue;
    }
    const checker = checkers.get(sourceId) ?? claimChecker(source);
    checkers.set(sourceId, checker);
    const check = checker(claim, passage);
    const verdict = verdictOf(citation, check);
    const settled = settle(citation, check, verdict);
    const hasOtherClaim = claim !== told.claim;
    const isLower = hasOtherClaim || promise[settled.status] < promise[told.status];
    const hasMoved = settled.passage.start !== passage.start || settled.passage.end !== passage.end;
    if (isLower) result.statusesLowered.push(index + 1);
    if (hasMoved) result.passagesMoved.push(index + 1);
    if (!isLower && !hasMoved) result.held += 1;
    if (verdict && (settled.judge === "model" || settled.status !== check.status)) result.takenOver += 1;
    result.citations.push(settled);
  }
  return result;
}

/** The claim of a citation where its mark may stand for it; else the sentence that the mark stands on. */
function withOwnClaim(citation: Citation, marked: MarkedClaim | undefined): Citation {
  if (!marked) throw new Error("A report with fewer marks than citations is refused before");
  if (marked.may.some((claim) => bare(claim) === bare(citation.claim))) return citation;
  const { reason: _, ...rest } = citation;
  return { ...rest, claim: marked.sentence, judge: "text" }; // a verdict on other words is none on these
}

const bare = (claim: string) => claim.replace(/\s+/g, "");

/** The verdict that a citation tells of. What the texts showed stands before a model's words where it is told with them. */
function verdictOf({ status, reason = "", judge }: Citation, check: ClaimCheck): Verdict | null {
  if (judge !== "model" || status === "quoted" || status === "unchecked") return null;
  return { status, reason: reason.startsWith(`${check.reason} `) ? reason.slice(check.reason.length + 1) : reason };
}

/** How much a status says for its sentence. `unchecked` says nothing, so nothing is less. */
const promise: Record<CitationStatus, number> = { unchecked: 0, unsupported: 0, weak: 1, supported: 2, quoted: 3 };
