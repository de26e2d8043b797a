import { count } from "#components/trace/count.ts";
import type { Citation } from "#lib/domain/citation.ts";
import { statusOrder } from "./status.ts";
import { StatusCounts } from "./status-counts.tsx";

/** How the citations stand: counts of each status, never a score, and how many sentences state something without one. */
export function Checks({ citations, uncited, judge }: { citations: readonly Citation[]; uncited: number; judge: string | null }) {
  const statuses = Object.fromEntries(
    statusOrder.map((status) => [status, citations.filter((citation) => citation.status === status).length]),
  );
  const checked = citations.length - (statuses.unchecked ?? 0);
  return (
    <section aria-label="Checks" className="mt-5 grid gap-2.5 border-y border-line py-3.25">
      {citations.length > 0 && (
        <div className="flex h-1.5 gap-0.5" aria-hidden="true">
          {statusOrder.map((status) =>
            statuses[status] ? (
              <span key={status} className={`status-${status} rounded-[1px] bg-current`} style={{ flexGrow: statuses[status] }} />
            ) : null,
          )}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <StatusCounts statuses={statuses} />
        {uncited > 0 && <span className="text-xs/5 text-ink-2">{count(uncited, "factual sentence")} without a citation</span>}
      </div>
      {citations.length > 0 && (
        <p className="text-xs/4.5 text-ink-3">
          Of {count(citations.length, "citation")}, {checked === citations.length ? "all" : checked || "none"} compared with the stored text
          {judge && `, meaning judged by ${judge}`}.
        </p>
      )}
    </section>
  );
}
