import type { Event, EventOf, StepUsage } from "./event.ts";
import { type Branch, type Finding, type HeavyPlan, type LaneEnd, numberOf, researchersOf, synthesisLane } from "./heavy.ts";

/** One lane of a Heavy run on the screen. What it does in its steps are the rows of the run with its name. */
export interface LaneView {
  name: string;
  /** Null: the synthesis. */
  number: number | null;
  state: "queued" | "working" | "ended";
  /** How it ended; null while it has not, and for the synthesis, which ends with its answer. */
  end: LaneEnd | null;
  detail: string | null;
  branch: Branch | null;
  /** Steps it has ended. */
  steps: number;
  /** The report as it was rewritten last, in which step, and the one before. */
  report: string | null;
  reportStep: number;
  previousReport: string | null;
  answer: string | null;
  /** Of the synthesis: what it compared. */
  findings: readonly Finding[];
  /** The sources it read. */
  sourceIds: readonly string[];
  /** Prompt and completion of all its steps. */
  tokens: number;
  startedAt: string | null;
  endedAt: string | null;
}

const queued = (name: string): LaneView => ({
  name,
  number: numberOf(name),
  state: "queued",
  end: null,
  detail: null,
  branch: null,
  steps: 0,
  report: null,
  reportStep: 0,
  previousReport: null,
  answer: null,
  findings: [],
  sourceIds: [],
  tokens: 0,
  startedAt: null,
  endedAt: null,
});

/** The lanes that a plan has, before any of them began: the researchers by number, then the synthesis. */
export const plannedLanes = (plan: HeavyPlan): LaneView[] => [...researchersOf(plan), synthesisLane].map(queued);

/** The lanes after one more event; the same array where it changes none of them. */
export function withLanes(lanes: readonly LaneView[], event: Event): readonly LaneView[] {
  if (event.type === "run-ended") return lanes.map((lane) => endWithRun(lane, event));
  if (!("lane" in event) || lanes.length === 0) return lanes;
  const index = lanes.findIndex((lane) => lane.name === event.lane);
  const lane = lanes[index];
  if (!lane) return lanes;
  const changed = change(lane, event);
  return changed === lane ? lanes : lanes.with(index, changed);
}

function change(lane: LaneView, event: Extract<Event, { lane: string }>): LaneView {
  switch (event.type) {
    case "lane-started":
      return { ...lane, state: "working", startedAt: event.at, branch: event.branch ?? null };
    case "lane-ended":
      return { ...lane, state: "ended", end: event.end, answer: event.answer, detail: event.detail ?? null, endedAt: event.at };
    case "step-ended":
      return endStep(lane, event);
    case "context-compacted":
      return { ...lane, steps: event.step, tokens: lane.tokens + tokensOf(event.usage) };
    case "source-found":
      return lane.sourceIds.includes(event.source.id) ? lane : { ...lane, sourceIds: [...lane.sourceIds, event.source.id] };
    default:
      return lane;
  }
}

function endStep(lane: LaneView, event: EventOf<"step-ended">): LaneView {
  const tokens = lane.tokens + tokensOf(event.usage);
  const answer = event.move.kind === "answer" ? event.move.text : lane.answer;
  const findings = event.findings?.length ? event.findings : lane.findings;
  const next = { ...lane, steps: event.step, tokens, answer, findings };
  return event.report ? { ...next, previousReport: lane.report, report: event.report, reportStep: event.step } : next;
}

const tokensOf = (usage: StepUsage | null) => (usage ? usage.promptTokens + usage.completionTokens : 0);

/** The synthesis ends with its run; a lane that was at work when the run was stopped ended with it. */
const endWithRun = (lane: LaneView, { at }: EventOf<"run-ended">): LaneView =>
  lane.state === "working" ? { ...lane, state: "ended", endedAt: at } : lane;
