"use client";

import Link from "next/link";
import { cx } from "#components/ui/cx.ts";
import type { Citation } from "#lib/domain/citation.ts";
import { passageLink } from "./passage-link.ts";
import { sourceOf, useReading } from "./reading.tsx";
import { statusReason, statusWord } from "./status.ts";

export function ClaimRow({ citation, index }: { citation: Citation; index: number }) {
  const { report, current, select } = useReading();
  const isCurrent = current === index;
  const status = `status-${citation.status}`;
  return (
    <li
      data-claim={index}
      aria-current={isCurrent || undefined}
      className={cx(
        "relative grid scroll-my-14 grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 -mx-4 border-t border-line px-4 py-2.5",
        isCurrent && "bg-surface shadow-[inset_2px_0_0_var(--color-accent)]",
      )}
    >
      <span className={cx("mt-1", status)}>
        <span className="status-mark size-3.5" aria-hidden="true" />
      </span>
      <div className="min-w-0">
        <button
          type="button"
          aria-expanded={isCurrent}
          onClick={() => select(isCurrent ? null : index)}
          className={cx("w-full text-left text-pretty before:absolute before:inset-0", !isCurrent && "line-clamp-2")}
        >
          {citation.claim}
        </button>
        {isCurrent && (
          <>
            <blockquote className="my-2.5 border-l-2 border-line-strong pl-3 font-serif text-[0.9375rem]/5.75 whitespace-pre-line">
              <mark>{citation.passage.text}</mark>
            </blockquote>
            <p className="mb-1.5 text-ink-2">{statusReason(citation.status, citation.origin)}</p>
          </>
        )}
        <p className="flex flex-wrap gap-x-1.5 text-xs/5 text-ink-3">
          <b className={cx("font-semibold", status)}>{statusWord(citation.status)}</b>
          <span className="[overflow-wrap:anywhere]">{sourceOf(report, citation)?.site}</span>
          {isCurrent && (
            <Link className="relative z-1 underline" href={passageLink(report.id, citation, index)}>
              open the passage
            </Link>
          )}
        </p>
      </div>
    </li>
  );
}
