"use client";

import { useEffect, useState } from "react";
import { cx } from "#components/ui/cx.ts";
import type { CitationStatus } from "#lib/domain/citation.ts";

export interface ContentsEntry {
  id: string;
  text: string;
  depth: number;
  statuses: CitationStatus[];
}

/** The headings, with a count of what to look at, and where the reader is. */
export function Contents({ entries, onLeave }: { entries: ContentsEntry[]; onLeave?: () => void }) {
  const [current, setCurrent] = useState<string | null>(null);

  useEffect(() => {
    const observer = new IntersectionObserver(
      (seen) => {
        const top = seen.find((each) => each.isIntersecting);
        if (top) setCurrent(top.target.id);
      },
      { rootMargin: "-64px 0px -70% 0px" },
    );
    for (const { id } of entries) {
      const heading = document.getElementById(id);
      if (heading) observer.observe(heading);
    }
    return () => observer.disconnect();
  }, [entries]);

  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.id}>
          <a
            href={`#${entry.id}`}
            onClick={onLeave}
            aria-current={current === entry.id ? "location" : undefined}
            className={cx(
              "grid grid-cols-[1fr_auto] items-center gap-2 border-l-2 border-line px-2.5 py-1 text-pretty text-ink-2 no-underline hover:text-ink pointer-coarse:min-h-11",
              "aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink",
              entry.depth > 2 && "pl-5",
            )}
          >
            {entry.text}
            <ToLookAt statuses={entry.statuses} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function ToLookAt({ statuses }: { statuses: CitationStatus[] }) {
  const unsupported = statuses.filter((status) => status === "unsupported").length;
  const weak = statuses.filter((status) => status === "weak").length;
  if (unsupported + weak === 0) return null;
  const worst = unsupported > 0 ? "unsupported" : "weak";
  return (
    <span className={cx("inline-flex items-center gap-0.5 text-xs tabular-nums", `status-${worst}`)}>
      <span className="status-mark" aria-hidden="true" />
      {unsupported + weak}
      <span className="sr-only"> to look at</span>
    </span>
  );
}
