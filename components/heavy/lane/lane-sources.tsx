"use client";

import Link from "next/link";
import { count } from "#components/trace/count.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { useLane } from "./use-lane.ts";

/** The sources that a lane read, by their numbers in the run. */
export function LaneSources({ run, number }: { run: RunStore; number: number }) {
  const { lane } = useLane(run, number);
  const sources = useRunPart(run, (view) => view.sources);
  if (lane.sourceIds.length === 0) return null;
  const read = sources.filter((source) => lane.sourceIds.includes(source.id));
  return (
    <Disclosure className="border-t border-line text-xs" summary={`${count(lane.sourceIds.length, "source")} read`}>
      <ol aria-label={`Sources of lane ${number}`} className="grid gap-px px-3.5 pb-3">
        {read.map((source) => (
          <li key={source.id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-1.5">
            <span className="min-w-4.5 py-1 text-ink-3 tabular-nums">{source.n}</span>
            <Link
              href={`/sources/${source.id}`}
              prefetch={false}
              className="py-1 text-ink [overflow-wrap:anywhere] no-underline hover:text-accent hover:underline"
            >
              {source.title || source.url} <span className="text-ink-3">{source.site}</span>
            </Link>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}
