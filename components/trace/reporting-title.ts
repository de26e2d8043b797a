import { isReporting, judgeLane } from "#lib/domain/reporting-lanes.ts";
import type { RunView, StepView } from "#lib/domain/run-view.ts";

/** What is done for the report just now; between two steps of it the next one is about to begin. */
export const reportingWords = ({ reporting }: Pick<RunView, "reporting">, last: StepView): string =>
  isReporting(last.lane) && last.state !== "ended" ? reportingTitle(last) : reporting === "comparing" ? comparing : writing;

const writing = "Writing the report";
const comparing = "Comparing sentences with their passages";

/** What a step of the writer or the judge is doing, or did. */
export function reportingTitle({ lane, state, writes, report, thought, failures }: StepView): string {
  if (state === "thinking" || !writes) {
    if (state === "thinking" && thought + report === "" && failures.length > 0) return "Waiting for the model";
    if (state !== "thinking") return failures.length > 0 ? "Got no answer from the model" : "Broke off";
    return lane === judgeLane ? comparing : writing;
  }
  if (writes.kind === "comparison")
    return writes.claims === 1 ? "Compared 1 sentence with its passage" : `Compared ${writes.claims} sentences with their passages`;
  if (report === "") return "Wrote nothing of the report";
  switch (writes.kind) {
    case "outline":
      return /^\W*form\W*short/i.test(report) ? "Wrote the report" : "Wrote the outline of the report";
    case "section":
      return `Wrote section ${writes.n} of ${writes.of}: ${writes.title}`;
    case "closing":
      return "Wrote the takeaway";
    default:
      return writes satisfies never;
  }
}
