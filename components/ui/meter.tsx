import { cx } from "./cx.ts";

export interface MeterProps {
  label: string;
  value: string;
  limit: string;
  /** 0 to 1 and beyond; from 0.85 on the meter says "near". */
  share: number;
  className?: string;
}

export function Meter({ label, value, limit, share, className }: MeterProps) {
  const near = share >= 1 ? "reached" : share > 0.85 ? "near" : null;
  return (
    <div className={cx("grid min-w-0 max-w-32 flex-1 gap-1 text-xs whitespace-nowrap text-ink-2 tabular-nums", className)}>
      <span>
        <b className="font-medium text-ink">{value}</b> / {limit}{" "}
        <span className={cx(near ? "text-weak" : "text-ink-3 max-sm:hidden")}>{near ?? label}</span>
        <span className="sr-only"> {label}</span>
      </span>
      <span className="block h-0.75 overflow-hidden rounded-full bg-line" aria-hidden="true">
        <span
          className={cx("block h-full origin-left", near ? "bg-weak" : "bg-accent")}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </span>
    </div>
  );
}
