import type { CallView, RunView, StepView } from "./run-view.ts";

/** Steps at the end of a run that its page shows whole from the start. */
const wholeSteps = 40;
/** Of an older step's thought only its beginning is shown while it is folded. */
const gistLength = 300;
const mostSeen = 300;

/**
 * A run's view without what a folded step does not show: the texts given to the model, the evidence, the search hits, long thoughts. Opening a
 * step fetches it whole. With 5,000 events the page is a tenth of the size, and opening it keeps the browser free.
 */
export function lightView(view: RunView): RunView {
  const from = view.rows.length - wholeSteps;
  if (from <= 0) return view;
  const rows = view.rows.map((row, index) => (row.kind === "step" && row.state === "ended" && index < from ? lightStep(row) : row));
  const seen = view.seen.slice(-mostSeen);
  return { ...view, rows, seen, seenBefore: view.seenBefore + view.seen.length - seen.length };
}

const lightStep = (step: StepView): StepView => ({
  ...step,
  light: true,
  thought: step.thought.slice(0, gistLength),
  answer: "",
  summary: step.summary === null ? null : step.summary.slice(0, gistLength),
  calls: step.calls.map(lightCall),
});

function lightCall(call: CallView): CallView {
  if (!call.returned) return call;
  return {
    ...call,
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
