import { synthesisLane } from "./heavy.ts";
import { isReporting } from "./reporting-lanes.ts";
import type { CallView, RunView, StepView } from "./run-view.ts";

/** Steps at the end of a run that its page shows whole from the start. */
const wholeSteps = 40;
/** Of an older step's thought only its beginning is shown while it is folded. */
const gistLength = 300;
/** Of a lane, so many of its last rounds are shown with their gist; older ones are a line until they are opened. */
const gistRounds = 8;
const mostSeen = 300;

/**
 * A run's view without what a folded step does not show: the texts given to the model, the evidence, the search hits, long thoughts. Opening a
 * step fetches it whole. With 5,000 events the page is a tenth of the size, and opening it keeps the browser free. Of a Heavy run every round
 * that has ended is folded, and its lanes hold the reports.
 */
export function lightView(view: RunView): RunView {
  const from = view.rows.length - wholeSteps;
  if (from <= 0) return view;
  const stepsOf = new Map(view.lanes.map((lane) => [lane.name, lane.steps]));
  const isFolded = (row: StepView, index: number) =>
    row.state === "ended" && (view.heavy === null ? index < from : row.lane !== synthesisLane && !isReporting(row.lane));
  const rows = view.rows.map((row, index) => {
    if (row.kind !== "step" || !isFolded(row, index)) return row;
    return lightStep(row, view.heavy === null || row.step > (stepsOf.get(row.lane) ?? 0) - gistRounds ? gistLength : 0);
  });
  const seen = view.seen.slice(-mostSeen);
  return { ...view, rows, seen, seenBefore: view.seenBefore + view.seen.length - seen.length };
}

const lightStep = (step: StepView, gist: number): StepView => ({
  ...step,
  light: true,
  move: lightMove(step),
  thought: step.thought.slice(0, gist),
  answer: "",
  report: "",
  summary: step.summary === null ? null : step.summary.slice(0, gist),
  calls: step.calls.map(lightCall),
});

/** What was decided, without what stands in the answer or in the calls. */
function lightMove({ move, calls }: StepView): StepView["move"] {
  if (move?.kind === "answer") return { ...move, text: "" };
  if (move?.kind !== "calls" || calls.length < move.calls.length) return move;
  return { ...move, calls: move.calls.map((call) => ("arguments" in call ? { ...call, arguments: {} } : call)) };
}

function lightCall(call: CallView): CallView {
  if (!call.returned) return call;
  const { code: _, ...asked } = call.arguments;
  return {
    ...call,
    arguments: asked,
    returned: { ...call.returned, outcome: { ...call.returned.outcome, text: "" }, details: lightDetails(call.returned.details) },
  };
}

function lightDetails(details: NonNullable<CallView["returned"]>["details"]): typeof details {
  switch (details.kind) {
    case "search":
      return { ...details, queries: details.queries.map((query) => ({ ...query, hits: [] })) };
    case "visit":
      return { ...details, pages: details.pages.map(({ evidence: _, rational: __, summary: ___, ...page }) => page) };
    case "scholar":
      return { ...details, queries: details.queries.map((query) => ({ ...query, papers: [] })) };
    case "python":
      return { ...details, code: "", stdout: "", stderr: "" };
    case "files":
    case "none":
      return details;
    default:
      return details satisfies never;
  }
}
