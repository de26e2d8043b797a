import { cx } from "#components/ui/cx.ts";
import type { LaneView } from "#lib/domain/lane-view.ts";
import { progressOf, type Tick } from "./progress-of.ts";

const looks: Record<Tick, string> = { done: "bg-ink-3", live: "bg-accent", early: "bg-weak", open: "bg-line" };

/** The calls a lane has made of those it may make. */
export function LaneProgress({ lane, calls, waiting }: { lane: LaneView; calls: number; waiting: boolean }) {
  const brokeOff = lane.state === "ended" && lane.end !== "answered" && lane.end !== null;
  const at = lane.state === "working" ? (waiting ? "early" : "live") : brokeOff ? "early" : null;
  return (
    <div role="img" aria-label={`${lane.steps} of at most ${calls} calls`} className="flex gap-0.5">
      {progressOf(lane.steps, calls, at).map((tick, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tick has nothing but its place
        <span key={index} className={cx("h-1 flex-1 rounded-[1px]", looks[tick])} />
      ))}
    </div>
  );
}
