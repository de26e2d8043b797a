import { Agreement } from "#components/heavy/synthesis/agreement.tsx";
import { agreementAnchor, inReport } from "#components/heavy/synthesis/comparison-place.ts";
import { LanesRead } from "#components/heavy/synthesis/lanes-read.tsx";
import { comparisonOf } from "#lib/domain/comparison.ts";
import type { Report } from "#lib/domain/report.ts";
import type { RunView } from "#lib/domain/run-view.ts";

export const lanesAgreeTitle = "Where the lanes agree";

/** Whether the lanes of a run were compared, so that there is something to say of it beside its report. */
export const hasComparison = ({ heavy, lanes }: RunView): boolean =>
  heavy !== null && lanes.some((lane) => lane.number === null && ((lane.answer ?? "").trim() !== "" || lane.findings.length > 0));

/** How the report of a Heavy run came about: which lanes it is from, where they agree, and what that rests on. */
export function LanesAgree({ report, view }: { report: Report; view: RunView }) {
  const place = inReport(report);
  if (!view.heavy) return null;
  return (
    <section aria-labelledby={agreementAnchor} className="mt-12">
      <h2 id={agreementAnchor} className="scroll-mt-16 font-serif text-h2 font-semibold tracking-[-0.012em]">
        {lanesAgreeTitle}
      </h2>
      <div className="mt-3 overflow-clip rounded-panel ring-1 ring-line">
        <LanesRead lanes={view.lanes} plan={view.heavy} place={place} begun />
        <Agreement comparison={comparisonOf(view)} place={place} quotes={view.model?.name === null} />
      </div>
    </section>
  );
}
