import { heavyNews, heavyNowWords, lanesCutOff, researchersIn } from "#components/heavy/heavy-words.ts";
import { turnWord } from "#components/heavy/turn-word.ts";
import { count } from "#components/trace/count.ts";
import { deliveredWords, waitingWords } from "#components/trace/message-words.ts";
import { reportingWords } from "#components/trace/reporting-title.ts";
import { stepTitle } from "#components/trace/step-title.ts";
import { formatDuration } from "#lib/client/format-duration.ts";
import { isOpen, type MessageView } from "#lib/domain/message-view.ts";
import { isReporting } from "#lib/domain/reporting-lanes.ts";
import type { Termination } from "#lib/domain/run.ts";
import type { RunView, StepView } from "#lib/domain/run-view.ts";

export const stepsOf = (view: RunView): StepView[] => view.rows.filter((row) => row.kind === "step");
export const lastStepOf = (view: RunView): StepView | undefined => view.rows.findLast((row) => row.kind === "step");

/** What a run that has not ended is doing now. */
export function nowWords(view: RunView): string {
  if (view.status === "queued")
    return `Waiting for a free place${view.startedAt === null ? "" : ", then it goes on"}. You can close this page.`;
  if (view.status === "paused") return `Paused by you${pausedAtStep(view)}. Kept for as long as you like.`;
  if (view.heavy) return heavyNowWords(view);
  const step = lastStepOf(view);
  const stop = view.rows.findLast((row) => row.kind === "notice" && row.notice === "stop-requested");
  if (stop?.kind === "notice" && stop.notice === "stop-requested") {
    if (stop.stop === "now") return "Stopping";
    const isBetween = step && step.state !== "ended" && view.rows.indexOf(step) < view.rows.indexOf(stop);
    return isBetween ? `Finishing after step ${step.step}` : `Writing the answer from ${count(view.sources.length, "source")}`;
  }
  if (!step) return "Starting";
  if (view.reporting) return reportingWords(view, step);
  if (step.state === "ended" && step.move?.kind === "answer") return "Resolving the citations";
  if (step.state === "ended") return `Thinking, step ${step.step + 1}`;
  const isWaiting = step.state === "thinking" && (step.silence !== null || stepTitle(step) === "Waiting for the model");
  if (isWaiting) return "Waiting for the model";
  return `${stepTitle(step).replace(/, .*/, "")}, step ${step.step}`;
}

/** " at step 9"; of lanes " with 2 of 4 lanes at work". */
export function pausedAtStep(view: RunView): string {
  if (view.heavy) return lanesCutOff(view) > 0 ? ` with ${lanesCutOff(view)} of ${count(view.heavy.lanes, "lane")} at work` : "";
  const last = lastStepOf(view);
  return last && !isReporting(last.lane) ? ` at step ${last.step}` : last ? " while the report was written" : " before it began";
}

/** The same for those who do not see the lanes, and what became of a message. */
export function newsWords(view: RunView): string {
  const now = view.heavy && view.status === "running" ? heavyNews(view) : nowWords(view);
  const message = view.messages.at(-1);
  // Told while it is news: until the next thought is under way.
  if (!message || hasMovedOn(view, message)) return now;
  return isOpen(message) ? `Message ${waitingWords(message, view)}. ${now}` : `Message ${deliveredWords(message, view)}. ${now}`;
}

function hasMovedOn(view: RunView, message: MessageView): boolean {
  if (message.lost !== null) return true;
  const since = view.rows.findLast((row) => row.kind === "notice" && row.notice === "message");
  return !isOpen(message) && since !== undefined && view.rows.indexOf(since) < view.rows.length - 2;
}

export type EndTone = "good" | "warn" | "bad" | "plain";

/** How a run ended: a word for its tag, and a sentence with the numbers. The server's own sentence, where there is one, comes first. */
export function endWords(view: RunView): { tag: string; tone: EndTone; words: string } {
  const { tag, tone, words } = endOf(view);
  return { tag, tone, words: view.detail ?? words };
}

function endOf(view: RunView): { tag: string; tone: EndTone; words: string } {
  const kept = `${count(view.sources.length, "source")} kept`;
  const facts = `${took(view)}${workOf(view)}, ${count(view.sources.length, "source")} read.`;
  switch (view.termination) {
    case "stopped":
      return {
        tag: "Stopped",
        tone: "plain",
        words: `Stopped${atStep(view)}${afterAsking(view)}. ${kept}, ${view.reportId ? "and the answer as it was" : "no report"}.`,
      };
    case "generate an answer on request":
      return { tag: "Finished early", tone: "good", words: `Finished with what there was${afterAsking(view)}. ${facts}` };
    case null:
    case "answer":
      return { tag: "Done", tone: "good", words: facts };
    default:
      return {
        tag: view.status === "done" ? "Ended at its limit" : "Failed",
        tone: view.status === "done" ? "warn" : "bad",
        words: `${limitWords(view.termination, view)} ${facts}`,
      };
  }
}

function limitWords(termination: Exclude<Termination, "stopped" | "answer" | "generate an answer on request">, view: RunView): string {
  const minutes = view.budget ? `its ${count(view.budget.minutes, "minute")}` : "its time";
  const each = view.heavy ? " of each lane" : "";
  const calls = view.budget ? `its ${count(view.budget.calls, "model call")}${each}` : `its model calls${each}`;
  switch (termination) {
    case "generate an answer as call limit reached":
      return `The run used ${calls} and wrote what it had.`;
    case "generate an answer as time limit reached":
      return `The run reached ${minutes} and wrote what it had.`;
    case "generate an answer as token limit reached":
      return "The conversation filled the model’s window, and the answer was written from what was found.";
    case "generate an answer as token budget reached":
      return "The run used its tokens and wrote what it had.";
    case "exceed available llm calls":
      return `The run used ${calls} and the model gave no answer.`;
    case "No answer found after 2h30mins":
      return `The run reached ${minutes} and the model gave no answer.`;
    case "format error: generate an answer as token limit reached":
      return "The conversation filled the model’s window, and the model gave no answer that could be read.";
    case "answer not found":
      return "The model gave no answer, also when it was told to.";
    case "model unavailable":
      return "The model could not be reached.";
    case "crashed repeatedly":
      return "The worker ended several times at the same step, so the run was set aside.";
    case "error":
      return "Dossier failed while working on this run.";
    default:
      termination satisfies never;
      return "";
  }
}

const took = (view: RunView) =>
  view.endedAt && view.startedAt ? `${formatDuration(Date.parse(view.endedAt) - Date.parse(view.startedAt))}, ` : "";
/** "4 lanes, 32 rounds" or "12 steps". */
export function workOf(view: RunView): string {
  if (!view.heavy) return count(stepsOf(view).length, "step");
  const lanes = researchersIn(view);
  const turns = lanes.reduce((sum, lane) => sum + lane.steps, 0);
  return `${count(lanes.length, "lane")}, ${count(turns, turnWord(view.heavy))}`;
}

function atStep(view: RunView): string {
  if (!lastStepOf(view)) return view.heavy ? " before a lane had begun" : " before the first step";
  if (!view.heavy) return ` at step ${lastStepOf(view)?.step}`;
  const cutOff = lanesCutOff(view);
  return cutOff > 0 ? ` with ${cutOff} of ${count(view.heavy.lanes, "lane")} at work` : " before the synthesis had ended";
}
const afterAsking = (view: RunView) =>
  view.stopRequestedAt && view.endedAt
    ? `, ${formatDuration(Math.max(0, Date.parse(view.endedAt) - Date.parse(view.stopRequestedAt)))} after you asked`
    : "";
