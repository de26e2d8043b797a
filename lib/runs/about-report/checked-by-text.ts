import type { Citation } from "#lib/domain/citation.ts";
import type { EvidenceIndex } from "#lib/reports/evidence-index.ts";
import { claimChecker } from "#lib/reports/verify/check-claim.ts";
import { settle } from "#lib/reports/verify/settle.ts";

/** The citations of an answer with what the comparison of the texts gives: quoted, weak, unsupported, or not checked. Nobody waits for a judge. */
export function checkedByText(citations: readonly Citation[], { sources }: EvidenceIndex): Citation[] {
  const checkers = new Map<string, ReturnType<typeof claimChecker>>();
  return citations.map((citation) => {
    const source = sources.find(({ id }) => id === citation.sourceId);
    if (!source) return citation;
    const checker = checkers.get(source.id) ?? claimChecker(source);
    checkers.set(source.id, checker);
    return settle(citation, checker(citation.claim, citation.passage), null);
  });
}
