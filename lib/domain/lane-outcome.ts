import type { Event, EventOf } from "./event.ts";
import { type LaneEnd, numberOf } from "./heavy.ts";
import { withOwnMarks } from "./in-run-numbers.ts";
import type { SourceRef } from "./source.ts";

/** What a researching lane of a Heavy run came to, for the synthesis: its last report and its answer, never its trajectory. */
export interface LaneOutcome {
  number: number;
  end: LaneEnd;
  detail: string | null;
  /** Steps it ended. */
  steps: number;
  report: string | null;
  answer: string | null;
  /** The sources it read, by its own reading order. */
  sources: readonly SourceRef[];
}

/** Whether there is anything of it to synthesise from. */
export const hasContent = ({ report, answer }: Pick<LaneOutcome, "report" | "answer">): boolean =>
  (report ?? "").trim() !== "" || (answer ?? "").trim() !== "";

/** The lanes that have ended, in the order of their numbers. */
export function laneOutcomes(events: Iterable<Event>): LaneOutcome[] {
  const lanes = new Map<number, Draft>();
  const of = (lane: string) => {
    const number = numberOf(lane);
    if (number === null) return null;
    const known = lanes.get(number);
    if (known) return known;
    const fresh: Draft = { number, end: null, detail: null, steps: 0, report: null, answer: null, found: [] };
    lanes.set(number, fresh);
    return fresh;
  };
  for (const event of events) {
    if (!("lane" in event)) continue;
    const lane = of(event.lane);
    if (!lane) continue;
    if (event.type === "lane-started" && event.branch) lane.found = foundBefore(of(event.branch.lane), event.branch.beforeStep);
    if (event.type === "step-ended") Object.assign(lane, { steps: event.step, report: event.report ?? lane.report });
    if (event.type === "source-found" && !lane.found.some(({ source }) => source.id === event.source.id)) lane.found.push(event);
    if (event.type === "lane-ended") Object.assign(lane, { end: event.end, answer: event.answer, detail: event.detail ?? null });
  }
  return [...lanes.values()]
    .flatMap(({ end, found, ...lane }) => (end === null ? [] : [{ ...lane, end, sources: found.map(({ source }) => source) }]))
    .sort((one, other) => one.number - other.number);
}

/** An outcome whose text names only sources that its lane has read. */
export const citingOwn = <Outcome extends Pick<LaneOutcome, "report" | "answer" | "sources">>(lane: Outcome): Outcome => ({
  ...lane,
  report: lane.report && withOwnMarks(lane.report, lane.sources),
  answer: lane.answer && withOwnMarks(lane.answer, lane.sources),
});

/** A lane as far as the log tells it. */
interface Draft extends Omit<LaneOutcome, "end" | "sources"> {
  /** Null: it has not ended. */
  end: LaneEnd | null;
  found: Pick<EventOf<"source-found">, "source" | "step">[];
}

/** What a branch has read when it begins: what the lane that it left read until there. */
const foundBefore = (left: Draft | null, step: number): Draft["found"] => (left?.found ?? []).filter((each) => each.step < step);

/**
 * What a reader has to know of the lanes to judge the report, in sentences: those that gave no answer, what became of them, and what of them was
 * used. Empty when all answered.
 */
export function laneLimitations(planned: number, outcomes: readonly LaneOutcome[]): string[] {
  const answered = outcomes.filter((lane) => lane.end === "answered").length;
  if (answered === planned) return [];
  const byNumber = new Map(outcomes.map((lane) => [lane.number, lane]));
  const others = Array.from({ length: planned }, (_, index) => byNumber.get(index + 1) ?? index + 1).flatMap((lane) => {
    if (typeof lane === "number") return [`Lane ${lane} did not come to an end.`];
    return lane.end === "answered" ? [] : [`${laneTrouble(lane)} ${whatIsUsed(lane)}`];
  });
  return [`${answered} of ${planned} lanes gave an answer.`, ...others];
}

/** `Lane 3 failed after 4 rounds: the model server closed the stream.` */
export function laneTrouble({ number, end, steps, detail }: Pick<LaneOutcome, "number" | "end" | "steps" | "detail">): string {
  const after = steps === 0 ? "before its first round ended" : `after ${steps} round${steps === 1 ? "" : "s"}`;
  const why = detail ? `: ${detail.replace(/[.\s]+$/, "")}` : "";
  switch (end) {
    case "answered":
      return `Lane ${number} answered ${after}.`;
    case "unanswered":
      return `Lane ${number} gave no answer ${after}${why}.`;
    case "failed":
      return `Lane ${number} failed ${after}${why}.`;
    case "stalled":
      return `Lane ${number} stalled ${after} and was not waited for${why}.`;
    case "out-of-time":
      return `Lane ${number} was out of time ${after}${why}.`;
    default:
      return end satisfies never;
  }
}

function whatIsUsed(lane: LaneOutcome): string {
  if ((lane.answer ?? "").trim() !== "") return "What it answered is used.";
  return (lane.report ?? "").trim() === "" ? "Nothing of it is used." : "Its last report is used.";
}
