"use client";

import Link from "next/link";
import { cx } from "#components/ui/cx.ts";
import { Moment } from "#components/ui/moment.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { PassageInContext } from "./passage-in-context.tsx";
import { selectClaim, useReading, useReadingStore, useReport } from "./reading.tsx";
import { markOf } from "./show-claim.ts";
import { type ShownCitation, shownCitation } from "./shown-citation.ts";
import { judgeWords, statusReason, statusWord } from "./status.ts";

/** A claim of the ledger. The current one is unfolded: its passage, why it has its status, who judged, and when the source was read. */
export function ClaimRow({ index }: { index: number }) {
  const report = useReport();
  const store = useReadingStore();
  const isCurrent = useReading((state) => state.current === index);
  const shown = shownCitation(report, index);
  if (!shown) return null;
  const { citation, source } = shown;
  const status = `status-${citation.status}`;
  return (
    <li
      data-claim={index}
      aria-current={isCurrent || undefined}
      className={cx(
        "relative grid scroll-mt-40 scroll-mb-6 grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 -mx-4 border-b border-line px-4 py-2.5",
        isCurrent ? "bg-surface shadow-[inset_2px_0_0_var(--color-accent)]" : "hover:bg-hover",
      )}
    >
      <span className={cx("mt-1", status)}>
        <span className="status-mark size-3.5" aria-hidden="true" />
      </span>
      <div className="min-w-0">
        <button
          type="button"
          aria-expanded={isCurrent}
          onClick={() => selectClaim(store, isCurrent ? null : index)}
          className={cx(
            "w-full text-left text-pretty [overflow-wrap:anywhere] before:absolute before:inset-0",
            !isCurrent && "line-clamp-2",
          )}
        >
          {citation.claim}
        </button>
        {isCurrent && <Unfolded {...shown} judge={report.judge} />}
        <p className="flex flex-wrap gap-x-1.5 text-xs/5 text-ink-3">
          <b className={cx("font-semibold", status)}>{statusWord(citation.status)}</b>
          <span className="[overflow-wrap:anywhere]">
            {source.site}
            {isCurrent && (
              <>
                , read <Moment at={source.fetchedAt} />
              </>
            )}
          </span>
          {isCurrent && <Ways index={index} href={shown.href} />}
        </p>
      </div>
    </li>
  );
}

function Unfolded({ citation, source, context, judge }: ShownCitation & { judge: string | null }) {
  const judged = judgeWords(citation, judge);
  return (
    <div className="relative z-1">
      <ScrollRegion label="Passage" className="my-2.5 max-h-80">
        <PassageInContext text={citation.passage.text} context={context} />
      </ScrollRegion>
      <p className="mb-1.5 text-ink-2">
        {statusReason(citation)} {judged && <span className="text-ink-3">({judged})</span>}
      </p>
      <p className="mb-0.5 [overflow-wrap:anywhere]">
        <span className="text-ink-3 tabular-nums">{citation.n}</span> {source.title || source.url}
      </p>
    </div>
  );
}

function Ways({ index, href }: { index: number; href: string }) {
  const store = useReadingStore();
  const inSheet = useReading((state) => state.sheet !== null);
  const toText = () => {
    store.set({ sheet: null });
    requestAnimationFrame(() => markOf(index)?.scrollIntoView({ block: "center" }));
  };
  return (
    <span className="relative z-1 flex gap-x-2.5">
      <Link className="underline pointer-coarse:py-2" href={href}>
        open the passage
      </Link>
      {inSheet && (
        <button type="button" className="text-accent underline pointer-coarse:py-2" onClick={toText}>
          show in the text
        </button>
      )}
    </span>
  );
}
