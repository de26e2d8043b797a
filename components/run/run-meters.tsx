"use client";

import { Meter } from "#components/ui/meter.tsx";
import { useNow } from "#lib/client/clock.tsx";
import { formatClock } from "#lib/client/format-duration.ts";
import { thousands } from "#lib/client/thousands.ts";
import { usedMs } from "#lib/domain/outage.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import { stepsOf } from "./run-words.ts";

/** What the run has used of what it may use. */
export function RunMeters({ view }: { view: RunView }) {
  const now = useNow();
  if (!view.budget) return null;
  const steps = stepsOf(view).findLast(({ lane }) => lane === "main")?.step ?? 0;
  const elapsed = usedMs(view, now);
  const window = view.model?.window;
  return (
    <div className="flex min-w-0 flex-[1_1_20rem] gap-4.5 max-sm:flex-[0_1_7rem]">
      <Meter
        className="max-sm:hidden"
        label="steps"
        value={String(steps)}
        limit={String(view.budget.calls)}
        share={steps / view.budget.calls}
      />
      {window && (
        <Meter
          className="max-sm:hidden"
          label="context"
          value={thousands(view.contextTokens)}
          limit={thousands(window)}
          share={view.contextTokens / window}
        />
      )}
      <Meter
        label="minutes"
        value={formatClock(elapsed)}
        limit={`${view.budget.minutes}:00`}
        share={elapsed / (view.budget.minutes * 60_000)}
      />
    </div>
  );
}
