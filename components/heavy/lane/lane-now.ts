import { turnWord } from "#components/heavy/turn-word.ts";
import { queriesOf } from "#components/trace/call-shape.ts";
import { stepTitle } from "#components/trace/step-title.ts";
import type { Tone } from "#components/ui/tag.tsx";
import { type HeavyPlan, isBranch } from "#lib/domain/heavy.ts";
import type { LaneView } from "#lib/domain/lane-view.ts";
import type { ModelFailureView, SilenceView, StepView } from "#lib/domain/run-view.ts";
import { laneEndWords } from "./lane-end-words.ts";

export type LaneIconName =
  | "queued"
  | "thinking"
  | "searching"
  | "papers"
  | "reading"
  | "computing"
  | "calling"
  | "writing"
  | "waiting"
  | "answered"
  | "early"
  | "stopped";

/** What a lane is doing, for its head and its tab. */
export interface LaneNow {
  icon: LaneIconName;
  tone: Tone;
  tag: string;
  words: string;
  /** Since when, while it lasts. */
  since: string | null;
  /** Nothing comes from the model: it says more than the words, and counts. */
  silence: SilenceView | null;
  failure: ModelFailureView | null;
}

interface LaneNowParts {
  lane: LaneView;
  /** Its last step. */
  step: StepView | undefined;
  plan: HeavyPlan;
  /** The run is over. */
  over: boolean;
  paused?: boolean;
}

export function laneNow({ lane, step, plan, over, paused = false }: LaneNowParts): LaneNow {
  if (lane.state === "ended") return { ...resting, ...laneEndWords(lane, plan) };
  if (lane.state === "queued") return { ...resting, icon: "queued", tone: "plain", ...queuedWords(lane, plan, over) };
  if (paused) return { ...resting, icon: "waiting", tone: "plain", tag: "paused", words: "Goes on from here when the run resumes." };
  if (lane.answer !== null && plan.strategy === "parallel-muse")
    return { ...live(step, "writing", "summing up"), words: "Writing how it reached its answer" };
  return workingNow(lane, step, turnWord(plan));
}

const resting = { since: null, silence: null, failure: null };

function queuedWords({ number }: LaneView, plan: HeavyPlan, over: boolean): { tag: string; words: string } {
  if (over) return { tag: "did not begin", words: "The run ended before it began." };
  const waits = number !== null && isBranch(plan, number);
  return {
    tag: "queued",
    words: waits ? "Waits until lane 1 has ended, to branch off where that was least sure." : "Begins with the run.",
  };
}

function workingNow(lane: LaneView, step: StepView | undefined, turn: string): LaneNow {
  if (!step || step.state === "ended") {
    const since = step ? endOf(step) : lane.startedAt;
    return { ...live(step, "thinking", `thinking, ${turn} ${lane.steps + 1}`), since, words: "Thinking" };
  }
  const place = `${turn} ${step.step}`;
  if (step.state === "thinking") {
    const failure = step.thought + step.report + step.answer === "" ? (step.failures.at(-1) ?? null) : null;
    if (step.silence || failure)
      return { ...live(step, "waiting", "waiting for the model"), tone: "warn", words: "Waiting", silence: step.silence, failure };
    if (step.answer !== "") return { ...live(step, "writing", `writing, ${place}`), words: "Writing its answer" };
    if (step.report !== "") return { ...live(step, "writing", `writing, ${place}`), words: "Rewriting its report" };
    return { ...live(step, "thinking", `thinking, ${place}`), words: "Thinking" };
  }
  const { icon, tag } = actOf(step);
  const query = icon === "searching" || icon === "papers" ? onlyQuery(step) : null;
  const words = query === null ? stepTitle(step) : `${stepTitle(step)}: ${query}`;
  return { ...live(step, icon, `${tag}, ${place}`), since: step.calls.at(-1)?.calledAt || endOf(step), words };
}

const live = (step: StepView | undefined, icon: LaneIconName, tag: string): LaneNow => ({
  ...resting,
  icon,
  tone: "live",
  tag,
  words: "",
  since: step?.startedAt ?? null,
});

/** When its thought ended, or all of it. */
const endOf = ({ startedAt, durationMs }: StepView) => new Date(Date.parse(startedAt) + (durationMs ?? 0)).toISOString();

function actOf(step: StepView): { icon: LaneIconName; tag: string } {
  switch (callOf(step)?.tool) {
    case "search":
      return { icon: "searching", tag: "searching" };
    case "google_scholar":
      return { icon: "papers", tag: "searching" };
    case "visit":
    case "parse_file":
      return { icon: "reading", tag: "reading" };
    case "PythonInterpreter":
      return { icon: "computing", tag: "computing" };
    default:
      return { icon: "calling", tag: "calling a tool" };
  }
}

function callOf(step: StepView): { tool: string; arguments: Record<string, unknown> } | undefined {
  const asked = step.move?.kind === "calls" ? step.move.calls[0] : undefined;
  return step.calls[0] ?? (asked && { tool: asked.tool, arguments: "arguments" in asked ? asked.arguments : {} });
}

function onlyQuery(step: StepView): string | null {
  const call = callOf(step);
  const [query, ...others] = call && step.calls.length <= 1 ? queriesOf(call) : [];
  return query && others.length === 0 ? query : null;
}
