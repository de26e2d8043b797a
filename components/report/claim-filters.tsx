"use client";

import { cx } from "#components/ui/cx.ts";
import { useReading, useReadingStore, useReport } from "./reading.tsx";
import type { ClaimFilter } from "./reading-store.ts";
import { isToLookAt, statusOrder, statusWord } from "./status.ts";

const chip =
  "inline-flex min-h-6.5 items-center gap-1.25 rounded-control bg-surface px-1.75 text-xs font-medium inset-ring inset-ring-line aria-pressed:inset-ring-[1.5px] aria-pressed:inset-ring-current pointer-coarse:min-h-9";

/** What is shown of the claims: all, one status, what is to be looked at, or the sentences without a citation. */
export function ClaimFilters() {
  const { citations, uncited } = useReport();
  const counts = statusOrder
    .map((status, place) => ({ status, key: String(place + 1), n: citations.filter((citation) => citation.status === status).length }))
    .filter(({ n }) => n > 0);
  const toLookAt = citations.filter(({ status }) => isToLookAt(status)).length;
  return (
    <fieldset className="flex flex-wrap gap-1 py-2.5">
      <legend className="sr-only">Filter by status</legend>
      <Chip filter={null} words="All" n={null} shortcut="0" />
      {counts.map(({ status, n, key }) => (
        <Chip key={status} filter={status} words={statusWord(status)} n={n} shortcut={key} look={`status-${status}`} />
      ))}
      {toLookAt > 0 && counts.length > 1 && <Chip filter="look" words="to look at" n={toLookAt} />}
      {uncited.length > 0 && <Chip filter="uncited" words="uncited" n={uncited.length} />}
    </fieldset>
  );
}

interface ChipProps {
  filter: ClaimFilter;
  words: string;
  n: number | null;
  shortcut?: string;
  look?: string;
}

function Chip({ filter, words, n, shortcut, look }: ChipProps) {
  const store = useReadingStore();
  const isOn = useReading((state) => state.filter === filter);
  return (
    <button
      type="button"
      className={cx(chip, look)}
      aria-pressed={isOn}
      aria-keyshortcuts={shortcut}
      onClick={() => store.set({ filter: isOn ? null : filter })}
    >
      {look && <span className="status-mark" aria-hidden="true" />}
      {words} {n !== null && <span className="tabular-nums">{n}</span>}
    </button>
  );
}
