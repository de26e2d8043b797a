import { synthesisLane } from "#lib/domain/heavy.ts";
import type { RunView } from "#lib/domain/run-view.ts";

/** Gives the view before while nothing of what a synthesis shows has changed: not while the lanes' texts stream. */
export function synthesisViews(): (view: RunView) => RunView {
  let last: RunView | null = null;
  let lastParts: unknown[] = [];
  return (view) => {
    if (last && partsOf(view).every((part, index) => part === lastParts[index])) return last;
    last = view;
    lastParts = partsOf(view);
    return view;
  };
}

const partsOf = (view: RunView): unknown[] => [
  view.lanes,
  view.sources.length,
  view.status,
  view.startedAt,
  view.stopRequestedAt,
  view.outage,
  view.reportId,
  view.rows.findLast((row) => row.kind === "step" && row.lane === synthesisLane),
];
