"use client";

import { ChevronRight, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { anchorOf, Step } from "#components/trace/step.tsx";
import { StepBody } from "#components/trace/step-body.tsx";
import { StepFetched } from "#components/trace/step-fetched.tsx";
import { StepIcon } from "#components/trace/step-icon.tsx";
import { stepMarks } from "#components/trace/step-marks.ts";
import { StepTags } from "#components/trace/step-tags.tsx";
import { smallIcon } from "#components/ui/icon.ts";
import { LiveDuration } from "#components/ui/live-duration.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { useOpenChoice, useRow } from "#lib/client/use-run.ts";
import { roundSubject } from "./round-subject.ts";

interface RoundRowProps {
  run: RunStore;
  rowKey: string;
  /** As in the trace of a run with one agent; in a column a round is a line. */
  wide: boolean;
}

/** One round: what it was about in a line, and opened the thought, the call and what came back. */
export const RoundRow = memo(function RoundRow({ run, rowKey, wide }: RoundRowProps) {
  const step = useRow(run, rowKey);
  const choice = useOpenChoice(run, rowKey);
  if (step?.kind !== "step") return null;
  const live = step.state !== "ended";
  const open = choice ?? (wide && live);
  const toggle = () => run.choose(rowKey, !open);
  const complete = () => run.complete(step);
  if (wide) return <Step step={step} open={open} onToggle={toggle} complete={complete} />;
  const marks = stepMarks(step);
  const troubled = marks.some((mark) => mark.kind !== "cached");
  return (
    <div id={anchorOf(step)} className="scroll-mt-16" aria-busy={live || undefined}>
      <button
        type="button"
        aria-expanded={open}
        onClick={toggle}
        className="grid min-h-6 w-full grid-cols-[auto_1rem_minmax(0,1fr)_auto] items-center gap-1.5 rounded-mark text-left text-xs text-ink-2 hover:bg-hover pointer-coarse:min-h-11"
      >
        <span className="min-w-4.5 text-ink-3 tabular-nums">{step.step}</span>
        <span className={live ? "text-accent" : troubled ? "text-weak" : "text-ink-3"}>
          {troubled ? <TriangleAlert {...smallIcon} /> : <StepIcon step={step} />}
        </span>
        <span className="truncate">
          {roundSubject(step)}
          {troubled && <span className="sr-only">, {marks.map((mark) => mark.words).join(", ")}</span>}
        </span>
        <span className="flex items-center gap-1 text-ink-3 tabular-nums">
          {live ? (
            <LiveDuration since={step.silence?.since ?? step.startedAt} />
          ) : (
            step.durationMs !== null && formatDuration(step.durationMs)
          )}
          <ChevronRight {...smallIcon} className={open ? "rotate-90" : undefined} />
        </span>
      </button>
      {open && (
        <div className="pt-1 pb-2 text-sm">
          <p className="flex flex-wrap gap-1.5">
            <StepTags marks={marks} />
          </p>
          {step.light ? <StepFetched complete={complete} /> : <StepBody step={step} />}
        </div>
      )}
    </div>
  );
});
