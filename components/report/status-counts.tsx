import { cx } from "#components/ui/cx.ts";
import type { CitationStatus } from "#lib/domain/citation.ts";
import { statusOrder, statusWord } from "./status.ts";

/** The counts of each status, in words; nothing is averaged. */
export function StatusCounts({ statuses }: { statuses: Partial<Record<CitationStatus, number>> }) {
  const present = statusOrder.filter((status) => statuses[status]);
  if (present.length === 0) return <p className="text-xs text-ink-3">No sentence is cited.</p>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1" aria-label="Cited sentences by status">
      {present.map((status) => (
        <li key={status} className={cx("inline-flex items-center gap-1.25 text-xs/5 font-medium", `status-${status}`)}>
          <span className="status-mark" aria-hidden="true" />
          <b className="font-semibold tabular-nums">{statuses[status]}</b> {statusWord(status)}
        </li>
      ))}
    </ul>
  );
}
