import { TriangleAlert } from "lucide-react";
import { laneEndWords } from "#components/heavy/lane/lane-end-words.ts";
import { smallIcon } from "#components/ui/icon.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { hasContent } from "#lib/domain/lane-outcome.ts";
import type { LaneView } from "#lib/domain/lane-view.ts";
import type { ComparisonPlace } from "./comparison-place.ts";
import { LaneLinks } from "./lane-links.tsx";

interface LanesReadProps {
  lanes: readonly LaneView[];
  plan: HeavyPlan;
  place: ComparisonPlace;
  /** It has begun, so the lanes are what they are. */
  begun: boolean;
}

/** Which lanes a synthesis is written from, and which gave no answer, with the reason. */
export function LanesRead({ lanes, plan, place, begun }: LanesReadProps) {
  const read = lanes.flatMap((lane) => (lane.number !== null && lane.end !== null && hasContent(lane) ? [lane.number] : []));
  const troubled = lanes.filter((lane) => lane.end !== null && lane.end !== "answered");
  if (!begun && troubled.length === 0) return null;
  return (
    <div className="grid gap-1 border-b border-line px-4 py-2.5 text-xs/4.5 text-ink-2 last:border-b-0">
      {begun && read.length > 0 && (
        <p>
          From <LaneLinks lanes={read} place={place} />:{" "}
          {plan.strategy === "parallel-muse"
            ? "what each answered, and its report on how it got there."
            : "the last report of each, and its answer where it gave one."}
        </p>
      )}
      {troubled.map((lane) => (
        <p key={lane.name} className="flex items-start gap-1.5">
          <TriangleAlert {...smallIcon} className="mt-0.5 shrink-0 text-weak" />
          <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">
            <b className="font-medium text-ink">Lane {lane.number}.</b> {laneEndWords(lane, plan).words}
          </span>
        </p>
      ))}
    </div>
  );
}
