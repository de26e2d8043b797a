import { useId } from "react";
import { cx } from "#components/ui/cx.ts";
import { shareDays } from "#lib/domain/share.ts";

/** After so many days, or with a day of the reader's calendar (`2026-12-24`). */
export type Ending = { days: number } | { date: string };

const offered = [7, 30, 90];
const day = 24 * 3_600_000;

/** The moment a link ends; null while what was chosen is no day to come within the year. The day that was chosen is its last. */
export function endOf(ending: Ending, now: number): string | null {
  const end = "days" in ending ? now + ending.days * day : new Date(`${ending.date}T23:59:59`).getTime();
  return end > now && end <= now + shareDays.most * day ? new Date(end).toISOString() : null;
}

/** When a link ends. None is for ever. */
export function EndingChoice({ ending, onChange }: { ending: Ending; onChange: (ending: Ending) => void }) {
  const group = useId();
  const date = "date" in ending ? ending.date : "";
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-medium text-ink-3">The link ends</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        {offered.map((days) => (
          <label
            key={days}
            className={cx(
              "cursor-pointer rounded-control px-2.5 py-1 inset-ring has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:py-2.5",
              "days" in ending && ending.days === days ? "bg-accent-soft inset-ring-accent" : "inset-ring-line hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name={group}
              checked={"days" in ending && ending.days === days}
              onChange={() => onChange({ days })}
              className="sr-only"
            />
            in {days} days
          </label>
        ))}
        <label className="flex items-center gap-1.5 text-ink-2">
          or on
          <input
            type="date"
            value={date}
            min={isoDay(1)}
            max={isoDay(shareDays.most - 1)}
            onChange={({ target }) => onChange(target.value === "" ? { days: shareDays.usual } : { date: target.value })}
            className="rounded-control border border-line-strong bg-surface px-2 py-1 text-ink pointer-coarse:text-lg"
          />
        </label>
      </div>
    </fieldset>
  );
}

const isoDay = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);
