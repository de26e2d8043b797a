"use client";

import { Meter } from "#components/ui/meter.tsx";
import { useNow } from "#lib/client/clock.tsx";
import { formatClock } from "#lib/client/format-duration.ts";
import { thousands } from "#lib/client/thousands.ts";
import { usedMs } from "#lib/domain/outage.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import { researchersIn } from "./heavy-words.ts";

/** What a Heavy run has used of what it may use: minutes and tokens of all lanes, calls of the lane that made the most. */
export function HeavyMeters({ view }: { view: RunView }) {
  const now = useNow();
  if (!view.budget) return null;
  const elapsed = usedMs(view, now);
  const tokens = view.usage.promptTokens + view.usage.completionTokens;
  const most = Math.max(0, ...researchersIn(view).map((lane) => lane.steps));
  return (
    <div className="flex min-w-0 flex-[1_1_20rem] items-center gap-4.5 max-sm:flex-[0_1_7rem]">
      <Meter
        label="minutes"
        value={formatClock(elapsed)}
        limit={`${view.budget.minutes}:00`}
        share={elapsed / (view.budget.minutes * 60_000)}
      />
      {view.budget.tokens ? (
        <Meter
          className="max-sm:hidden"
          label="tokens"
          value={thousands(tokens)}
          limit={thousands(view.budget.tokens)}
          share={tokens / view.budget.tokens}
        />
      ) : (
        <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums max-sm:hidden">
          <b className="font-medium text-ink">{thousands(tokens)}</b> tokens
        </span>
      )}
      <Meter
        className="max-sm:hidden"
        label="calls per lane"
        value={String(most)}
        limit={String(view.budget.calls)}
        share={most / view.budget.calls}
      />
    </div>
  );
}
