import { hasContent } from "#lib/domain/lane-outcome.ts";
import type { LaneView } from "#lib/domain/lane-view.ts";
import { hasEnded } from "#lib/domain/run.ts";
import type { RunView, StepView } from "#lib/domain/run-view.ts";

/** How far the synthesis of a Heavy run is. `since`: the moment it began. */
export type SynthesisState =
  | { kind: "queued" }
  | { kind: "comparing"; since: string }
  | { kind: "writing"; since: string }
  | { kind: "citing"; since: string }
  | { kind: "done" }
  | { kind: "stopped" }
  /** It ended without an answer: the report holds what each lane came to, one after the other. */
  | { kind: "side-by-side"; reason: string }
  | { kind: "failed"; reason: string }
  | { kind: "not-begun"; reason: string };

export const synthesisOf = (view: Pick<RunView, "lanes">): LaneView | undefined => view.lanes.find((lane) => lane.number === null);
export const synthesisSteps = (view: Pick<RunView, "rows">): StepView[] =>
  view.rows.filter((row): row is StepView => row.kind === "step" && row.lane === "synthesis");

/** The state of the synthesis; null where the run has none. */
export function synthesisState(view: RunView): SynthesisState | null {
  const lane = synthesisOf(view);
  if (!lane) return null;
  if (hasEnded(view.status)) return endedState(view, lane);
  if (lane.startedAt === null) return { kind: "queued" };
  const since = lane.startedAt;
  const step = synthesisSteps(view).at(-1);
  if (step?.state === "ended") return { kind: step.move?.kind === "answer" ? "citing" : "comparing", since };
  return { kind: step && step.answer !== "" ? "writing" : "comparing", since };
}

function endedState(view: RunView, lane: LaneView): SynthesisState {
  const answered = (lane.answer ?? "").trim() !== "";
  if (lane.startedAt === null) return { kind: "not-begun", reason: whyNotBegun(view) };
  if (view.status === "stopped") return { kind: "stopped" };
  if (answered) return view.status === "done" ? { kind: "done" } : { kind: "failed", reason: view.detail ?? "" };
  if (view.reportId !== null && view.termination === "model unavailable") return { kind: "side-by-side", reason: whyUnanswered(view) };
  return { kind: "failed", reason: view.detail ?? "" };
}

function whyNotBegun(view: RunView): string {
  if (view.status === "stopped") return "The run was stopped before it began.";
  return view.lanes.some(hasContent)
    ? "The run ended before it began."
    : "No lane left a report or an answer, so there was nothing to compare.";
}

/** The two ways in which a synthesis comes to nothing: nobody could be asked any more, or what was said was no answer. */
function whyUnanswered(view: RunView): string {
  const failure = synthesisSteps(view).at(-1)?.failures.at(-1);
  if (failure?.retryInMs !== null) return "The model gave no answer, also when it was told to.";
  return `The model could not be reached. ${failure.detail.replace(/[.\s]+$/, "")}.`;
}
