"use client";

import type { ReactNode } from "react";
import { ChangedMarkdown } from "#components/heavy/changes/changed-markdown.tsx";
import { turnWord } from "#components/heavy/turn-word.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import type { LaneView } from "#lib/domain/lane-view.ts";
import { hasEnded } from "#lib/domain/run.ts";
import { useLane } from "./use-lane.ts";

interface LaneTextProps {
  run: RunStore;
  number: number;
  /** All of it is shown; in a column it scrolls in place. */
  whole: boolean;
}

/** What a lane has come to: its report as the last round left it, or its answer and how it got there. */
export function LaneText({ run, number, whole }: LaneTextProps) {
  const { lane, plan } = useLane(run, number);
  const over = useRunPart(run, (view) => hasEnded(view.status));
  const answer = lane.answer?.trim() ? lane.answer : null;
  const report = lane.report && <ChangedMarkdown before={lane.previousReport} after={lane.report} />;
  const title = reportTitle(lane, plan);
  if (answer === null && !report) return <Part title="Report">{<p className="text-sm text-ink-3">{nothingYet(lane, plan, over)}</p>}</Part>;
  return (
    <>
      <Part title={answer === null ? title : "Answer"}>
        {answer === null && lane.steps > lane.reportStep && (
          <p className="mb-2 text-xs text-weak">
            {turnWord(plan) === "round" ? "Round" : "Step"} {lane.steps} wrote no report; this one stays.
          </p>
        )}
        <Held label={`${answer === null ? "Report" : "Answer"} of lane ${number}`} whole={whole}>
          {answer === null ? report : <ChangedMarkdown before={null} after={answer} />}
        </Held>
      </Part>
      {answer !== null && report && (
        <Disclosure className="border-t border-line text-xs" summary={title}>
          <div className="px-3.5 pb-3">
            <Held label={`Report of lane ${number}`} whole={whole}>
              {report}
            </Held>
          </div>
        </Disclosure>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0 flex-1 px-3.5 py-3">
      <h4 className="mb-2 text-sm">{title}</h4>
      {children}
    </div>
  );
}

function Held({ label, whole, children }: { label: string; whole: boolean; children: ReactNode }) {
  if (whole) return children;
  return (
    <ScrollRegion label={label} className="max-h-104">
      {children}
    </ScrollRegion>
  );
}

const reportTitle = (lane: LaneView, plan: HeavyPlan) =>
  plan.strategy === "parallel-muse" ? "How it reached its answer" : `Report after round ${lane.reportStep}`;

function nothingYet(lane: LaneView, plan: HeavyPlan, over: boolean): string {
  if (over && lane.state === "queued") return "None: it did not begin.";
  if (lane.state === "ended") return "It wrote none.";
  return plan.strategy === "parallel-muse" ? "Written once, after its answer: how it reached it." : "None yet: the first round writes it.";
}
