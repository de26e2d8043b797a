import type { Citation } from "#lib/domain/citation.ts";
import type { ClaimCheck } from "./check-claim.ts";
import type { Verdict } from "./read-verdicts.ts";

const order = ["unsupported", "weak", "supported"] as const;
const plain: Record<Verdict["status"], string> = {
  supported: "The passage says what the sentence says.",
  weak: "The passage says only part of it.",
  unsupported: "The passage does not say it.",
};

/**
 * A citation with its status: what the texts alone showed, and where a model judged the pair, its verdict, which lifts no sentence above what the
 * texts allow. A sentence that stands word for word needs no judge.
 */
export function settle(citation: Citation, check: ClaimCheck, verdict: Verdict | null): Citation {
  const passage = check.passage ?? citation.passage;
  const byText = { ...citation, passage, status: check.status, reason: check.reason, judge: "text" as const };
  if (check.status === "quoted" || check.ceiling === "quoted" || !verdict) return byText;
  const isAbove = order.indexOf(verdict.status) > order.indexOf(check.ceiling);
  // What the texts showed is the reason why a better verdict does not count.
  if (isAbove) return { ...byText, status: check.ceiling };
  const said = verdict.reason === "" ? plain[verdict.status] : asSentence(verdict.reason);
  // What the texts showed stays told: it can be seen, and a model's word cannot.
  const reason = check.ceiling === "supported" ? said : `${check.reason} ${said}`;
  return { ...citation, passage, status: verdict.status, reason, judge: "model" };
}

/** Models give half sentences. */
const asSentence = (text: string): string => {
  const large = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?。！？…]["'”’)）]*$/.test(large) ? large : `${large}.`;
};
