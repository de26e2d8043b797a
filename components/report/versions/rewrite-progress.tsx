"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useReport } from "#components/report/reading.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { LiveDuration } from "#components/ui/live-duration.tsx";
import { stopRun } from "#lib/client/api.ts";
import { hasRunEnded } from "#lib/client/run-store.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { useConnection, useRun, useRunPart } from "#lib/client/use-run.ts";
import type { PackedView } from "#lib/domain/packed-view.ts";
import { emptyRunView } from "#lib/domain/run-view.ts";
import { writingWords } from "./writing-words.ts";

export interface RewriteProgressProps {
  runId: string;
  /** As the server last knew it; null where it was asked for a moment ago. */
  view: PackedView | null;
}

/** The version that is being written, while this one can be read: how far it is, how long it takes, a stop, and what it came to. */
export function RewriteProgress({ runId, view: snapshot }: RewriteProgressProps) {
  const { sessionId } = useReport();
  const run = useRun(runId, snapshot ?? emptyRunView);
  const view = useRunPart(run, (whole) => whole);
  const connection = useConnection(run);
  const router = useRouter();
  const ended = hasRunEnded(view);
  const [problem, setProblem] = useState<string | null>(null);
  const [stopping, setStopping] = useState(false);

  useEffect(() => {
    if (ended) router.refresh(); // the list of versions comes from the server
  }, [ended, router]);

  const stop = async () => {
    setStopping(true);
    setProblem(null);
    try {
      await stopRun(runId, "now");
    } catch (error) {
      setStopping(false);
      setProblem(`The stop was not sent. ${sayRefusal(error)}`);
    }
  };
  const trouble =
    problem ??
    (connection === "lost" || connection === "offline" ? "No connection. The writing goes on; this line catches up by itself." : null);

  return (
    <section aria-label="The next version" data-screen className="border-b border-line bg-accent-soft px-4 py-2 md:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {!ended && <span className="pulse text-accent" aria-hidden="true" />}
        <p role="status" className="min-w-0 flex-1">
          {writingWords(view)}
        </p>
        {!ended && view.startedAt && (
          <span className="text-xs text-ink-2 tabular-nums">
            <LiveDuration since={view.startedAt} />
          </span>
        )}
        {ended ? (
          view.reportId && (
            <ButtonLink look="primary" href={`/reports/${view.reportId}`}>
              Read it
            </ButtonLink>
          )
        ) : (
          <>
            <Link className="text-accent underline pointer-coarse:py-2" href={`/sessions/${sessionId}`}>
              Watch
            </Link>
            <Button look="danger" disabled={stopping} onClick={() => void stop()}>
              {stopping ? "Stopping" : "Stop"}
            </Button>
          </>
        )}
      </div>
      {trouble && (
        <p role="alert" className="mt-1 text-unsupported">
          {trouble}
        </p>
      )}
    </section>
  );
}
