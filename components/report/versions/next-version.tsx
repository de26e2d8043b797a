"use client";

import { lazy, Suspense, useState } from "react";
import { useReading, useReport } from "#components/report/reading.tsx";
import type { PackedView } from "#lib/domain/packed-view.ts";

/** It brings the fold of a run, which a report that nobody writes again does not need. */
const RewriteProgress = lazy(async () => ({ default: (await import("./rewrite-progress.tsx")).RewriteProgress }));

/** The version that is being written, whoever asked for it; what it came to stays until the page is left. */
export function NextVersion() {
  const { rewriting } = useReport();
  const begun = useReading((state) => state.rewriting);
  const [shown, setShown] = useState<{ runId: string; view: PackedView | null } | null>(rewriting);
  const current = begun !== null && begun !== rewriting?.runId ? { runId: begun, view: null } : rewriting;
  if (current && current.runId !== shown?.runId) setShown(current);
  return <Suspense>{shown && <RewriteProgress key={shown.runId} {...shown} />}</Suspense>;
}
