"use client";

import { memo } from "react";
import { laneId, tabId } from "#components/heavy/places.ts";
import { cx } from "#components/ui/cx.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { LaneHead } from "./lane-head.tsx";
import { LaneRounds } from "./lane-rounds.tsx";
import { LaneSources } from "./lane-sources.tsx";
import { LaneText } from "./lane-text.tsx";

/** `head`: folded to what it is doing. `column`: beside the others. `wide`: opened over the width of the page. */
export type LaneLook = "head" | "column" | "wide";

interface LaneProps {
  run: RunStore;
  number: number;
  look: LaneLook;
  /** Where lanes are tabs it is the panel of one; beside each other they are regions. */
  asTab: boolean;
  /** Not shown where there is room for one lane only. */
  behind: boolean;
  onToggle: (number: number) => void;
}

/** One lane. It renders again only when its own part of the run has changed. */
export const Lane = memo(function Lane({ run, number, look, asTab, behind, onToggle }: LaneProps) {
  return (
    <section
      id={laneId(run.runId, number)}
      role={asTab ? "tabpanel" : undefined}
      aria-labelledby={asTab ? tabId(run.runId, number) : `${laneId(run.runId, number)}-name`}
      tabIndex={asTab ? 0 : -1}
      className={cx(
        "min-w-0 scroll-mt-16 overflow-hidden rounded-panel bg-surface inset-ring inset-ring-line",
        behind && "max-md:hidden",
        look === "column" && "grid grid-cols-[minmax(0,1fr)] row-span-3 grid-rows-subgrid gap-y-0", // heads, texts and rounds stand in line
        look === "wide" && "col-span-full",
      )}
    >
      <LaneHead run={run} number={number} open={look === "wide"} onToggle={() => onToggle(number)} />
      {look !== "head" && (
        <div className={look === "wide" ? "border-t border-line md:grid md:grid-cols-2" : "contents"}>
          <div className={cx("flex min-w-0 flex-col", look === "column" && "border-t border-line")}>
            <LaneText run={run} number={number} whole={look === "wide"} />
          </div>
          <div className={cx("min-w-0", look === "wide" && "md:border-l md:border-line md:[&>details:first-child]:border-t-0")}>
            <LaneRounds run={run} number={number} wide={look === "wide"} />
            <LaneSources run={run} number={number} />
          </div>
        </div>
      )}
    </section>
  );
});
