import { type Estimates, heavyWords, standardWords } from "#lib/domain/estimate.ts";
import type { ModeChoice } from "./mode-choice.ts";

interface ModeSelectProps {
  choice: ModeChoice;
  onChoose: (choice: ModeChoice) => void;
  estimates: Estimates;
  connected: boolean;
}

/** The mode of a follow-up question in one line. Lanes work as those of the last Heavy run of the session did. */
export function ModeSelect({ choice: { mode, plan }, onChoose, estimates, connected }: ModeSelectProps) {
  const numbers = [...new Set([2, 4, 8, plan.lanes])].toSorted((one, other) => one - other);
  const kind = connected && plan.strategy === "parallel-muse" ? ", full conversation" : "";
  const choose = (value: string) => {
    const lanes = Number(value);
    onChoose(lanes === 0 ? { mode: "react", plan } : { mode: "heavy", plan: { ...plan, lanes } });
  };
  return (
    <p className="flex w-full min-w-0 flex-wrap items-center gap-x-2 px-2 pb-2 text-xs text-ink-3">
      <select
        aria-label="Mode"
        aria-describedby="follow-up-cost"
        value={mode === "heavy" ? plan.lanes : 0}
        onChange={(event) => choose(event.target.value)}
        className="min-h-7 max-w-full cursor-pointer rounded-control bg-transparent px-1 text-ink-2 hover:bg-hover pointer-coarse:min-h-11 pointer-coarse:text-lg"
      >
        <option value={0}>Standard</option>
        {numbers.map((lanes) => (
          <option key={lanes} value={lanes}>
            Heavy, {lanes} lanes{kind}
          </option>
        ))}
      </select>
      <span id="follow-up-cost" className="tabular-nums">
        {mode === "heavy" ? heavyWords(estimates, plan.lanes) : standardWords(estimates)}
      </span>
    </p>
  );
}
