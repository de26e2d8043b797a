import type { RunView } from "#lib/domain/run-view.ts";
import { startWords } from "./synthesis-words.ts";

/** When a synthesis that has not begun does. A reader who asked to finish changes it: then the lanes answer at once. */
export function startOf(view: RunView): string {
  const stop = view.rows.findLast((row) => row.kind === "notice" && row.notice === "stop-requested");
  if (stop?.kind === "notice" && stop.notice === "stop-requested")
    return stop.stop === "finish" ? "The lanes were told to answer with what they have. It begins when they have ended." : "";
  return view.budget ? startWords(view.lanes.length - 1, view.budget.minutes) : "";
}
