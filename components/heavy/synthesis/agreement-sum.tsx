import type { ComparedFinding } from "#lib/domain/comparison.ts";
import { independentWords, stanceCounts } from "./agreement-words.ts";

/** What a finding comes to: the stances counted, the sources counted, and the synthesis' own words. */
export function AgreementSum({ finding }: { finding: ComparedFinding }) {
  return (
    <>
      <p className="font-semibold text-ink">{stanceCounts(finding.stances)}</p>
      <p>{independentWords(finding)}</p>
      {finding.verdict && <p className="text-pretty">The synthesis: “{finding.verdict}”</p>}
    </>
  );
}
