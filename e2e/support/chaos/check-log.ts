import { hasEnded, runStatusSchema } from "#lib/domain/run.ts";
import type { Frame, Invariant, RunHistory, Violation } from "./history.ts";

/** Facts after which text that was streamed before them may be gone, and with it its numbers. */
const afterText = new Set([
  "step-ended",
  "context-compacted",
  "model-failed",
  "run-started",
  "text-appended",
  "run-ended",
  "report-written",
]);

/** What the log alone, and the rows beside it, have to be at the end of a run: I2, I4, I5, I9, I12. */
export function checkLog(run: RunHistory): Violation[] {
  const found: Violation[] = [];
  const say = (invariant: Invariant, what: string) => void found.push({ invariant, runId: run.id, what });
  const { log } = run;
  if (log[0]?.seq !== 1 || log[0].type !== "run-queued") say("I2", "the log does not begin with the question");
  for (const [index, frame] of log.entries()) {
    const before = log[index - 1];
    if (!before) continue;
    if (frame.seq <= before.seq) say("I2", `${frame.seq} comes after ${before.seq}`);
    const mayHaveText = log.slice(index).some((later) => afterText.has(later.type));
    if (frame.seq > before.seq + 1 && !mayHaveText) say("I2", `nothing explains the gap before ${frame.seq}`);
  }
  const ends = log.filter((frame) => frame.type === "run-ended");
  if (ends.length > 1) say("I4", `it ended ${ends.length} times`);
  if (ends.length > 0 && log.at(-1)?.type !== "run-ended") say("I4", "something comes after its end");
  const ended = ends[0];
  if (ended && dataOf(ended).status !== run.status) say("I4", `it ended as ${dataOf(ended).status} and is ${run.status}`);
  const reported = log.filter((frame) => frame.type === "report-written").map((frame) => dataOf(frame).reportId);
  if (reported.length > 1) say("I4", `${reported.length} reports were written`);
  if (run.reports.map((report) => report.id).join() !== reported.join()) say("I4", "its reports are not those its log tells of");
  if (reported.length === 1 && run.reportId !== reported[0]) say("I4", "the run names another report than its log");
  for (const [place, frames] of resultsOf(log)) if (frames.length > 1) say("I5", `${place} has ${frames.length} results`);
  for (const [lane, frames] of Map.groupBy(
    log.filter((frame) => frame.type === "step-ended" && dataOf(frame).writes === undefined),
    (frame) => String(dataOf(frame).lane),
  ))
    if (frames.length > run.calls) say("I9", `${lane} made ${frames.length} of ${run.calls} calls`);
  const status = runStatusSchema.safeParse(run.status);
  if (!status.success || !hasEnded(status.data) || !ended) say("I12", `it is ${run.status} and nobody works on it`);
  return found;
}

export const dataOf = (frame: Frame): Record<string, unknown> => JSON.parse(frame.json);

/** What may be there once: the end of a step of a lane, and what a call came to. */
function resultsOf(log: readonly Frame[]): Map<string, Frame[]> {
  return Map.groupBy(
    log.filter((frame) => frame.type === "step-ended" || frame.type === "tool-returned"),
    (frame) => {
      const { lane, step, callId } = dataOf(frame);
      return frame.type === "tool-returned" ? `call ${callId}` : `step ${lane} ${step}`;
    },
  );
}
