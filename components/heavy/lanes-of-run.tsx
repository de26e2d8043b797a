"use client";

import { useCallback, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { cx } from "#components/ui/cx.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import { columnsFor } from "./columns-for.ts";
import { HeavyNotices } from "./heavy-notices.tsx";
import { Lane } from "./lane/lane.tsx";
import { LaneTabs } from "./lane-tabs.tsx";
import { LanesLine } from "./lanes-line.tsx";
import { laneId, synthesisId, synthesisPlace, tabId } from "./places.ts";
import { ReportSteps } from "./report-steps.tsx";
import { SynthesisPanel } from "./synthesis/synthesis-panel.tsx";
import { synthesisViews } from "./synthesis-view.ts";
import { useOneAtATime } from "./use-one-at-a-time.ts";
import { usePlaces } from "./use-places.ts";

/** Once the lanes are compared, what each wrote is a press away. Nothing folds under a reader: only a page that is opened then begins so. */
const hasSynthesis = (view: RunView) => view.lanes.some((lane) => lane.number === null && lane.state !== "queued");

/** The lanes of a Heavy run and their synthesis: columns where there is room, else one at a time. */
export function LanesOfRun({ run, last }: { run: RunStore; last: boolean }) {
  const lanes = useRunPart(run, (view) => view.heavy?.lanes ?? 0);
  const asTabs = useOneAtATime();
  const [place, setPlace] = useState(hasSynthesis(run.atRender) ? synthesisPlace : 1);
  const [wide, setWide] = useState<number | null>(null);
  const [folded, setFolded] = useState(hasSynthesis(run.atRender));
  const [synthesisView] = useState(synthesisViews);
  const view = useRunPart(run, synthesisView);
  const root = useRef<HTMLDivElement>(null);
  const toggle = useCallback((number: number) => setWide((now) => (now === number ? null : number)), []);

  const goTo = (to: number) => {
    if (to > lanes) return;
    // What is gone to is in the page before the focus goes there: a lane that was folded, or behind another one.
    flushSync(() => {
      setPlace(to);
      if (to !== synthesisPlace) setFolded(false);
    });
    const id = asTabs ? tabId(run.runId, to) : to === synthesisPlace ? synthesisId(run.runId) : laneId(run.runId, to);
    root.current?.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
  };
  usePlaces({ runId: run.runId, last }, goTo);

  return (
    <div ref={root} className="@container/lanes grid grid-cols-[minmax(0,1fr)] gap-4">
      <HeavyNotices run={run} />
      <LanesLine run={run} folded={folded} onFold={setFolded} />
      <LaneTabs run={run} lanes={lanes} selected={place} onSelect={setPlace} />
      <div className={cx("grid grid-cols-[minmax(0,1fr)] gap-3", place === synthesisPlace && "max-md:hidden", columnsFor(lanes))}>
        {Array.from({ length: lanes }, (_, index) => index + 1).map((number) => (
          <Lane
            key={number}
            run={run}
            number={number}
            look={wide === number ? "wide" : folded ? "head" : "column"}
            asTab={asTabs}
            behind={place !== number}
            onToggle={toggle}
          />
        ))}
      </div>
      <div
        id={synthesisId(run.runId)}
        {...(asTabs && { role: "tabpanel", "aria-labelledby": tabId(run.runId, synthesisPlace) })}
        tabIndex={asTabs ? 0 : -1}
        className={cx("min-w-0 scroll-my-16 rounded-panel", place !== synthesisPlace && "max-md:hidden")}
      >
        <SynthesisPanel runId={run.runId} view={view} />
        <ReportSteps run={run} />
      </div>
    </div>
  );
}
