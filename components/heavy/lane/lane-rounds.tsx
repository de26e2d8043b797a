"use client";

import { useState } from "react";
import { turnWord } from "#components/heavy/turn-word.ts";
import { count } from "#components/trace/count.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useLaneKeys, useRunPart } from "#lib/client/use-run.ts";
import { researcherOf } from "#lib/domain/heavy.ts";
import { RoundRow } from "./round-row.tsx";
import { useLane } from "./use-lane.ts";

interface LaneRoundsProps {
  run: RunStore;
  number: number;
  wide: boolean;
}

/** The rounds of a lane, the last one first. */
export function LaneRounds({ run, number, wide }: LaneRoundsProps) {
  const { lane, plan } = useLane(run, number);
  const keys = useLaneKeys(run, researcherOf(number));
  const [all, setAll] = useState(false);
  const isLive = useRunPart(run, () => {
    const last = run.row(keys.at(-1) ?? "");
    return last?.kind === "step" && last.state !== "ended";
  });
  const most = (wide ? 8 : 3) + (isLive ? 1 : 0); // the one at work comes before the last that have ended
  const shown = all ? keys : keys.slice(-most);
  const unit = turnWord(plan);
  if (keys.length === 0) return null;
  return (
    <Disclosure
      open
      className="border-t border-line text-xs"
      summary={
        <>
          {count(lane.steps, unit)}
          {shown.length < keys.length && <span className="ml-auto text-ink-3">{shown.length} shown</span>}
        </>
      }
    >
      <ol aria-label={`${unit === "round" ? "Rounds" : "Steps"} of lane ${number}, the last one first`} className="grid gap-px px-3.5 pb-3">
        {shown.toReversed().map((key) => (
          <li key={key} className="group/row min-w-0">
            <RoundRow run={run} rowKey={key} wide={wide} />
          </li>
        ))}
      </ol>
      {keys.length > most && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="mx-3.5 mb-3 min-h-6 text-accent underline underline-offset-3 pointer-coarse:min-h-11"
        >
          {all ? "Show the last ones" : `Show all ${keys.length}`}
        </button>
      )}
    </Disclosure>
  );
}
