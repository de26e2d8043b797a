import { count } from "#components/trace/count.ts";
import { reportingWords } from "#components/trace/reporting-title.ts";
import { hasContent } from "#lib/domain/lane-outcome.ts";
import type { LaneView } from "#lib/domain/lane-view.ts";
import type { RunView, StepView } from "#lib/domain/run-view.ts";
import { laneEndWords } from "./lane/lane-end-words.ts";

export const researchersIn = (view: RunView): LaneView[] => view.lanes.filter((lane) => lane.number !== null);
const synthesisIn = (view: RunView): LaneView | undefined => view.lanes.find((lane) => lane.number === null);

/** Lanes that were at work when the run was stopped. */
export const lanesCutOff = (view: RunView): number =>
  researchersIn(view).filter((lane) => lane.startedAt !== null && lane.end === null).length;

/** What a Heavy run that has begun and not ended is doing now. */
export function heavyNowWords(view: RunView): string {
  const lanes = researchersIn(view);
  const working = lanes.filter((lane) => lane.state === "working").length;
  const stop = stopOf(view);
  if (stop === "now") return "Stopping";
  const last = view.rows.findLast((row): row is StepView => row.kind === "step");
  if (last && view.reporting) return reportingWords(view, last);
  if (synthesisIn(view)?.state === "working") return synthesisWords(view, lanes.filter(hasContent).length);
  if (stop === "finish" && working > 0) return `Finishing: ${working === 1 ? "1 lane answers" : `${working} lanes answer`}`;
  if (working > 0) return `${working} of ${count(lanes.length, "lane")} working`;
  return lanes.some((lane) => lane.state === "ended") ? "Bringing the lanes together" : "Starting";
}

function synthesisWords(view: RunView, lanes: number): string {
  const step = view.rows.findLast((row): row is StepView => row.kind === "step" && row.lane === "synthesis");
  if (!step) return `Comparing ${count(lanes, "lane")}`;
  if (step.state === "ended" && step.move?.kind === "answer") return "Resolving the citations";
  if (step.silence || (step.failures.length > 0 && step.thought + step.answer === "")) return "Waiting for the model";
  return step.answer === "" ? `Comparing ${count(lanes, "lane")}` : "Writing the answer";
}

/** The last change among the lanes, and where the run stands: what is told to those who do not see it. */
export function heavyNews(view: RunView): string {
  const last = researchersIn(view)
    .filter((lane) => lane.endedAt !== null)
    .toSorted((one, other) => Date.parse(one.endedAt ?? "") - Date.parse(other.endedAt ?? ""))
    .at(-1);
  const ended = last && view.heavy ? `Lane ${last.number}: ${laneEndWords(last, view.heavy).tag}. ` : "";
  return `${ended}${heavyNowWords(view)}`;
}

function stopOf(view: RunView): "now" | "finish" | null {
  const stop = view.rows.findLast((row) => row.kind === "notice" && row.notice === "stop-requested");
  return stop?.kind === "notice" && stop.notice === "stop-requested" ? stop.stop : null;
}
