"use client";

import { cx } from "#components/ui/cx.ts";
import { useReading } from "./reading.tsx";
import { statusOrder, statusWord } from "./status.ts";

const chip =
  "inline-flex min-h-6.5 items-center gap-1.25 rounded-control bg-surface px-1.75 text-xs font-medium inset-ring inset-ring-line aria-pressed:inset-ring-[1.5px] aria-pressed:inset-ring-current pointer-coarse:min-h-9";

export function ClaimFilters() {
  const { report, filter, setFilter } = useReading();
  const counts = statusOrder
    .map((status) => ({ status, n: report.citations.filter((citation) => citation.status === status).length }))
    .filter(({ n }) => n > 0);
  return (
    <fieldset className="flex flex-wrap gap-1 py-2.5">
      <legend className="sr-only">Filter by status</legend>
      <button type="button" className={chip} aria-pressed={filter === null} onClick={() => setFilter(null)}>
        All
      </button>
      {counts.map(({ status, n }) => (
        <button
          key={status}
          type="button"
          className={cx(chip, `status-${status}`)}
          aria-pressed={filter === status}
          onClick={() => setFilter(filter === status ? null : status)}
        >
          <span className="status-mark" aria-hidden="true" />
          {statusWord(status)} <span className="tabular-nums">{n}</span>
        </button>
      ))}
    </fieldset>
  );
}
