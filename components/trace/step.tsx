"use client";

import type { KeyboardEvent } from "react";
import { cx } from "#components/ui/cx.ts";
import { LiveDuration } from "#components/ui/live-duration.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import { isReporting } from "#lib/domain/reporting-lanes.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import { gist } from "./gist.ts";
import { StepBody } from "./step-body.tsx";
import { StepFetched } from "./step-fetched.tsx";
import { StepIcon } from "./step-icon.tsx";
import { stepMarks } from "./step-marks.ts";
import { StepTags } from "./step-tags.tsx";
import { stepTitle } from "./step-title.ts";

/** Where a step can be linked to: `s3`, and of a lane `researcher-2-s3`. */
export const anchorOf = ({ lane, step }: StepView) => (lane === "main" ? `s${step}` : `${lane}-s${step}`);

interface StepProps {
  step: StepView;
  open: boolean;
  onToggle: () => void;
  /** Fetches the rest of a step that is here only as it shows folded. */
  complete: () => Promise<void>;
}

export function Step({ step, open, onToggle, complete }: StepProps) {
  const live = step.state !== "ended";
  const marks = stepMarks(step);
  const troubled = marks.some((mark) => mark.kind === "failed" || mark.kind === "model");
  const body = `step-${step.lane}-${step.step}`;
  const fold = (event: KeyboardEvent) => {
    if ((event.key === "ArrowRight" && !open) || (event.key === "ArrowLeft" && open)) onToggle();
  };
  return (
    <div
      id={anchorOf(step)}
      className="relative grid scroll-mt-16 grid-cols-[1.75rem_minmax(0,1fr)] gap-x-2.5 pb-3.5 before:absolute before:top-7 before:bottom-0 before:left-3.5 before:w-px before:bg-line group-last/row:before:hidden"
      aria-busy={live || undefined}
    >
      <span
        className={cx(
          "grid size-7 place-items-center rounded-full bg-surface inset-ring",
          live
            ? "text-accent inset-ring-[1.5px] inset-ring-accent"
            : troubled
              ? "text-weak inset-ring-[1.5px] inset-ring-weak"
              : "text-ink-2 inset-ring-line",
        )}
      >
        <StepIcon step={step} />
      </span>
      <div className="min-w-0">
        <button
          type="button"
          data-step-head
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={onToggle}
          onKeyDown={fold}
          className="-ml-1.5 scroll-mb-52 grid w-[calc(100%+0.375rem)] grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 rounded-control px-1.5 py-1 text-left hover:bg-hover"
        >
          <span className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 font-medium">
            {!isReporting(step.lane) && (
              <span className="font-normal text-ink-3 tabular-nums">
                <span className="sr-only">Step </span>
                {step.step}
              </span>
            )}
            {stepTitle(step)}
            <StepTags marks={marks} />
          </span>
          <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums">
            {live ? <LiveDuration since={step.startedAt} /> : step.durationMs !== null && formatDuration(step.durationMs)}
          </span>
          {!open && <span className="truncate text-ink-2">{gist(step.thought)}</span>}
        </button>
        {open && <div id={body}>{step.light ? <StepFetched complete={complete} /> : <StepBody step={step} />}</div>}
      </div>
    </div>
  );
}
