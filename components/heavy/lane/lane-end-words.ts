import { turnWord } from "#components/heavy/turn-word.ts";
import { count } from "#components/trace/count.ts";
import type { Tone } from "#components/ui/tag.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import type { HeavyPlan, LaneEnd } from "#lib/domain/heavy.ts";
import type { LaneView } from "#lib/domain/lane-view.ts";
import type { LaneIconName } from "./lane-now.ts";

interface EndWords {
  icon: LaneIconName;
  tone: Tone;
  tag: string;
  words: string;
}

const tags: Record<Exclude<LaneEnd, "answered">, { tag: string; did: string }> = {
  unanswered: { tag: "no answer", did: "Gave no answer" },
  failed: { tag: "failed", did: "Failed" },
  stalled: { tag: "stopped early", did: "Stalled" },
  "out-of-time": { tag: "stopped early", did: "Out of time" },
};

/** How a lane ended, and what of it is used: `Stalled after 5 rounds: nothing was heard of it for 60 s. Its report after round 5 is used.` */
export function laneEndWords(lane: LaneView, plan: HeavyPlan): EndWords {
  const turn = turnWord(plan);
  const after = lane.steps === 0 ? `before its first ${turn} ended` : `after ${count(lane.steps, turn)}`;
  const took = lane.startedAt && lane.endedAt ? ` in ${formatDuration(Date.parse(lane.endedAt) - Date.parse(lane.startedAt))}` : "";
  if (lane.end === "answered")
    return {
      icon: "answered",
      tone: "good",
      tag: "answered",
      words: `Answered ${after}${took}. ${count(lane.sourceIds.length, "source")} read.`,
    };
  if (lane.end === null)
    return { icon: "stopped", tone: "plain", tag: "stopped", words: `Stopped with the run ${after}. ${whatIsLeft(lane, turn, "kept")}` };
  const { tag, did } = tags[lane.end];
  const why = lane.detail ? `: ${lane.detail.replace(/[.\s]+$/, "").replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}` : "";
  return { icon: "early", tone: "warn", tag, words: `${did} ${after}${why}. ${whatIsLeft(lane, turn, "used")}` };
}

function whatIsLeft({ report, reportStep, answer }: LaneView, turn: string, becomes: "used" | "kept"): string {
  if ((answer ?? "").trim() !== "") return `Its answer is ${becomes}.`;
  return (report ?? "").trim() === "" ? `Nothing of it is ${becomes}.` : `Its report after ${turn} ${reportStep} is ${becomes}.`;
}
