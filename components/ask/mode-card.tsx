import { type ReactNode, useId } from "react";

interface ModeCardProps {
  name: string;
  says: string;
  cost: string;
  chosen: boolean;
  onChoose: () => void;
  /** What else can be chosen, before the cost and after it. */
  children?: ReactNode;
  foot?: ReactNode;
}

/** A radio button as large as a card: its label lies over all of it, but under what else can be pressed there. */
export function ModeCard({ name, says, cost, chosen, onChoose, children, foot }: ModeCardProps) {
  const id = useId();
  return (
    <div className="relative grid grid-cols-[1rem_minmax(0,1fr)] content-start gap-x-2.5 gap-y-1 rounded-panel bg-surface px-3.75 py-3.25 inset-ring inset-ring-line has-[>input:checked]:inset-ring-2 has-[>input:checked]:inset-ring-accent">
      <input
        type="radio"
        id={id}
        name="mode"
        value={name}
        checked={chosen}
        onChange={onChoose}
        aria-describedby={`${id}-says ${id}-cost`}
        className="mt-0.5 size-4"
      />
      <label htmlFor={id} className="cursor-pointer font-semibold after:absolute after:inset-0">
        {name}
      </label>
      <p id={`${id}-says`} className="col-start-2 text-ink-2">
        {says}
      </p>
      {children && <div className="relative col-start-2 w-fit">{children}</div>}
      <p id={`${id}-cost`} className="col-start-2 mt-1 text-xs text-ink-3 tabular-nums">
        {cost}
      </p>
      {foot && <div className="relative col-start-2">{foot}</div>}
    </div>
  );
}
