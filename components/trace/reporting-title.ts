import { judgeLane } from "#lib/domain/reporting-lanes.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import { count } from "./count.ts";

/** What a step of the writer or the judge is doing, or did. */
export function reportingTitle({ lane, state, writes, report, thought, failures }: StepView): string {
  if (state === "thinking" || !writes) {
    if (state === "thinking" && thought + report === "" && failures.length > 0) return "Waiting for the model";
    if (state !== "thinking") return failures.length > 0 ? "Got no answer from the model" : "Broke off";
    return lane === judgeLane ? "Comparing sentences with their passages" : "Writing the report";
  }
  if (writes.kind === "comparison") return `Compared ${count(writes.claims, "sentence")} with their passages`;
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
