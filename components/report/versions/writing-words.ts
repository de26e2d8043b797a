import { count } from "#components/trace/count.ts";
import { hasEnded } from "#lib/domain/run.ts";
import type { RunView } from "#lib/domain/run-view.ts";

/** How far the next version is, in a sentence. */
export function writingWords(view: RunView): string {
  if (hasEnded(view.status)) return endWords(view);
  if (view.status === "paused") return "The next version is paused. You can go on reading.";
  if (view.status === "queued") return "The next version waits for a free place. You can go on reading.";
  const steps = view.rows.flatMap((row) => (row.kind === "step" ? [row] : []));
  const last = steps.at(-1);
  if (view.stopRequestedAt) return "Stopping.";
  if (last?.state === "thinking" && (last.silence !== null || last.failures.at(-1)?.untilBack))
    return "Waiting for the model. Nothing is lost.";
  const done = steps.findLast((step) => step.writes?.kind === "section")?.writes;
  if (done?.kind === "section")
    return done.n < done.of
      ? `Writing the next version: ${done.n} of ${count(done.of, "section")} written.`
      : "Writing the next version: the takeaway.";
  return steps.some((step) => step.writes)
    ? "Writing the next version: the first section."
    : "Writing the next version: choosing its form.";
}

function endWords({ status, reportId, detail }: RunView): string {
  if (reportId) return "The next version is written.";
  if (status === "stopped") return "Stopped. No version was written; this one stands as it is.";
  return `No version was written. ${detail ?? "The run failed."}`;
}
