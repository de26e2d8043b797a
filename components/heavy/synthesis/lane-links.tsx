import { Fragment } from "react";
import type { ComparisonPlace } from "./comparison-place.ts";

/** `lane 1`, `lanes 1, 3 and 4`, each number the way to its lane. */
export function LaneLinks({ lanes, place }: { lanes: readonly number[]; place: ComparisonPlace }) {
  return (
    <>
      {lanes.length === 1 ? "lane " : "lanes "}
      {lanes.map((lane, index) => (
        <Fragment key={lane}>
          {index > 0 && (index === lanes.length - 1 ? " and " : ", ")}
          <a href={place.laneHref(lane)} aria-label={`Lane ${lane}`}>
            {lane}
          </a>
        </Fragment>
      ))}
    </>
  );
}
