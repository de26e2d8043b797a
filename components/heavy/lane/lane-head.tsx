"use client";

import { laneId } from "#components/heavy/places.ts";
import { turnWord } from "#components/heavy/turn-word.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { isBranch, numberOf } from "#lib/domain/heavy.ts";
import { LaneIcon } from "./lane-icon.tsx";
import { LaneLive } from "./lane-live.tsx";
import { LaneProgress } from "./lane-progress.tsx";
import { useLane, useLaneNow } from "./use-lane.ts";

interface LaneHeadProps {
  run: RunStore;
  number: number;
  open: boolean;
  onToggle: () => void;
}

/** What a lane is doing and how far it is; the way to open it. */
export function LaneHead({ run, number, open, onToggle }: LaneHeadProps) {
  const { lane, plan } = useLane(run, number);
  const now = useLaneNow(run, number);
  const calls = useRunPart(run, (view) => view.budget?.calls ?? 1);
  return (
    <header className="grid content-start gap-1.5 px-3.5 py-3">
      <div className="flex items-center justify-between gap-2">
        <h3 id={`${laneId(run.runId, number)}-name`} className="text-sm">
          Lane {number}
        </h3>
        <Tag tone={now.tone}>
          {now.tone === "live" ? <span className="pulse size-1.75!" aria-hidden="true" /> : <LaneIcon name={now.icon} />}
          {now.tag}
        </Tag>
      </div>
      <LaneProgress lane={lane} calls={calls} waiting={now.icon === "waiting"} />
      <p className="text-xs/4.5 text-ink-2 tabular-nums [overflow-wrap:anywhere]">
        <LaneLive now={now} />{" "}
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="text-accent underline underline-offset-3 pointer-coarse:min-h-6"
        >
          {open ? "Close" : "Open"}
          <span className="sr-only"> lane {number}</span>
        </button>
      </p>
      {plan && lane.startedAt && isBranch(plan, number) && (
        <p className="text-xs/4.5 text-ink-3">
          {lane.branch
            ? `Branches off lane ${numberOf(lane.branch.lane)} before ${turnWord(plan)} ${lane.branch.beforeStep}.`
            : "Begins with the question: how sure lane 1 was of its calls is not known."}
        </p>
      )}
    </header>
  );
}
