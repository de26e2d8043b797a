import { useId } from "react";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { HeavyPlan, StrategyName } from "#lib/domain/heavy.ts";

const strategies: Record<StrategyName, string> = {
  "research-synthesis": "Evolving report (IterResearch), then a synthesis",
  "parallel-muse": "Full conversation (ParallelMuse), the most coherent answer is chosen",
};
const names = Object.keys(strategies) as StrategyName[]; // the keys of the record above

const line = "grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 py-1 cursor-pointer pointer-coarse:py-2.5";

/** How the lanes of a Heavy run work, and how they are brought together. Most people need not know. */
export function StrategyChoice({ plan, onChange }: { plan: HeavyPlan; onChange: (part: Partial<HeavyPlan>) => void }) {
  const group = useId();
  return (
    <Disclosure className="-ml-3" summary="How the lanes work">
      <fieldset className="grid px-3 pb-1">
        <legend className="sr-only">How the lanes work</legend>
        {names.map((strategy) => (
          <label key={strategy} className={line}>
            <input
              type="radio"
              name={group}
              value={strategy}
              checked={plan.strategy === strategy}
              onChange={() => onChange({ strategy, partialRollouts: false })}
              className="mt-0.5 size-4"
            />
            {strategies[strategy]}
          </label>
        ))}
        {plan.strategy === "parallel-muse" && (
          <label className={`${line} ml-6.5`}>
            <input
              type="checkbox"
              checked={plan.partialRollouts}
              onChange={(event) => onChange({ partialRollouts: event.target.checked })}
              className="mt-0.5 size-4"
            />
            Branch from the most uncertain steps (needs token probabilities from the server)
          </label>
        )}
      </fieldset>
    </Disclosure>
  );
}
