import { Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { smallIcon } from "#components/ui/icon.ts";
import { fewestLanes, mostLanes } from "#lib/domain/heavy.ts";

const isPossible = (lanes: number) => Number.isInteger(lanes) && lanes >= fewestLanes && lanes <= mostLanes;

/** How many lanes: a number that can be typed, stepped with the arrow keys, or with a button on either side. */
export function LanesStepper({ lanes, onChange }: { lanes: number; onChange: (lanes: number) => void }) {
  // What is being typed may be on its way to a number of lanes: 1 of 12.
  const [typed, setTyped] = useState<string | null>(null);
  const change = (text: string) => {
    setTyped(text);
    if (text !== "" && isPossible(Number(text))) onChange(Number(text));
  };
  const step = (by: 1 | -1) => () => {
    setTyped(null);
    if (isPossible(lanes + by)) onChange(lanes + by);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault(); // a number is no wish to begin
  };
  return (
    <span className="inline-flex items-center gap-2">
      <span className="inline-flex items-center overflow-hidden rounded-control border border-line-strong has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-accent">
        <StepButton label="Fewer lanes" possible={lanes > fewestLanes} onPress={step(-1)}>
          <Minus {...smallIcon} />
        </StepButton>
        <input
          type="number"
          inputMode="numeric"
          aria-label="Lanes"
          min={fewestLanes}
          max={mostLanes}
          value={typed ?? lanes}
          onChange={(event) => change(event.target.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={onKeyDown}
          className="h-7.5 w-7.5 [appearance:textfield] bg-transparent text-center font-medium tabular-nums outline-none pointer-coarse:h-11 pointer-coarse:text-lg [&::-webkit-inner-spin-button]:appearance-none [&::-webkit-outer-spin-button]:appearance-none"
        />
        <StepButton label="More lanes" possible={lanes < mostLanes} onPress={step(1)}>
          <Plus {...smallIcon} />
        </StepButton>
      </span>
      <span aria-hidden="true">lanes</span>
    </span>
  );
}

interface StepButtonProps {
  label: string;
  possible: boolean;
  onPress: () => void;
  children: ReactNode;
}

/** Keeps the focus where it can go no further, which a disabled button would lose. */
function StepButton({ label, possible, onPress, children }: StepButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={!possible}
      onClick={onPress}
      className="grid h-7.5 w-8 place-items-center -outline-offset-2 hover:bg-hover aria-disabled:cursor-not-allowed aria-disabled:text-ink-3 aria-disabled:hover:bg-transparent pointer-coarse:size-11"
    >
      {children}
    </button>
  );
}
