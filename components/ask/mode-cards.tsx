import { type Estimates, heavyWords, standardWords } from "#lib/domain/estimate.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { LanesStepper } from "./lanes-stepper.tsx";
import { ModeCard } from "./mode-card.tsx";
import type { ModeChoice } from "./mode-choice.ts";
import { StrategyChoice } from "./strategy-choice.tsx";

const says = {
  model: {
    standard: "One agent thinks, searches and reads in turn.",
    heavy: "Several lanes work apart; a synthesis compares what they found.",
  },
  quoting: {
    standard: "Searches, reads and quotes, without reasoning.",
    heavy: "Lanes search with different queries; what they quote is brought together.",
  },
} as const;

interface ModeCardsProps {
  choice: ModeChoice;
  onChoose: (choice: ModeChoice) => void;
  estimates: Estimates;
  connected: boolean;
}

/** The two ways to work on a question, each with what it will take. */
export function ModeCards({ choice: { mode, plan }, onChoose, estimates, connected }: ModeCardsProps) {
  const words = says[connected ? "model" : "quoting"];
  // Who says how the lanes shall be wants lanes.
  const change = (part: Partial<HeavyPlan>) => onChoose({ mode: "heavy", plan: { ...plan, ...part } });
  return (
    <fieldset className="grid gap-2.5 sm:grid-cols-2">
      <legend className="sr-only">Mode</legend>
      <ModeCard
        name="Standard"
        says={words.standard}
        cost={standardWords(estimates)}
        chosen={mode === "react"}
        onChoose={() => onChoose({ mode: "react", plan })}
      />
      <ModeCard
        name="Heavy"
        says={words.heavy}
        cost={heavyWords(estimates, plan.lanes)}
        chosen={mode === "heavy"}
        onChoose={() => onChoose({ mode: "heavy", plan })}
        foot={connected && mode === "heavy" && <StrategyChoice plan={plan} onChange={change} />}
      >
        <LanesStepper lanes={plan.lanes} onChange={(lanes) => change({ lanes })} />
      </ModeCard>
    </fieldset>
  );
}
