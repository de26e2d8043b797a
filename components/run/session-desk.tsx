"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "#components/ui/cx.ts";
import { hasRunEnded } from "#lib/client/run-store.ts";
import { useRun, useRunPart } from "#lib/client/use-run.ts";
import type { PackedView } from "#lib/domain/packed-view.ts";
import { Announcer } from "./announcer.tsx";
import { LiveDock } from "./live-dock.tsx";
import type { ReportSummary } from "./report-summary.ts";
import { RunEndOf, RunSection } from "./run-section.tsx";
import { SessionBar } from "./session-bar.tsx";
import { SourcesPanel } from "./sources-panel.tsx";

export interface RunProps {
  id: string;
  view: PackedView;
  report: ReportSummary | null;
}

/** A session: earlier questions, the last one with its trace, and beside it the sources. */
export function SessionDesk({
  title,
  earlier,
  last,
  composer,
}: {
  title: string;
  earlier: RunProps[];
  last: RunProps;
  composer: ReactNode;
}) {
  const run = useRun(last.id, last.view);
  const ended = useRunPart(run, hasRunEnded);
  const wide = useRunPart(run, (view) => view.heavy !== null); // lanes want the width: the sources are a press away, and so is the navigation
  const router = useRouter();
  const offers = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!ended || hasRunEnded(run.atRender)) return;
    router.refresh(); // the counts of the report come from the server
    if (run.stopNoted()) offers.current?.querySelector<HTMLElement>("a, textarea")?.focus({ preventScroll: true });
  }, [ended, run, router]);

  const sources = <SourcesPanel run={run} report={last.report} />;
  return (
    <>
      <SessionBar title={title} run={run} wide={wide}>
        {sources}
      </SessionBar>
      <div
        className={cx("grid flex-1 grid-cols-[minmax(0,1fr)]", !wide && "lg:grid-cols-[minmax(0,1fr)_23.5rem]")}
        data-rail={wide || undefined}
      >
        <main id="main" className="flex min-w-0 flex-col">
          <Announcer run={run} />
          <div className={cx("mx-auto w-full flex-1 px-4 pt-6", wide ? "max-w-360 md:px-5" : "max-w-208 md:px-8")}>
            {earlier.map((each) => (
              <EarlierRun key={each.id} {...each} />
            ))}
            <RunSection run={run} report={last.report} last />
          </div>
          <div
            className={cx(
              "sticky bottom-0 z-10 bg-canvas px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:px-2",
              wide ? "md:px-5" : "md:px-8",
            )}
            data-screen
          >
            <div ref={offers} className={cx("mx-auto grid gap-2", wide ? "max-w-350" : "max-w-192")}>
              {ended ? (
                <>
                  <RunEndOf run={run} report={last.report} />
                  {composer}
                </>
              ) : (
                <LiveDock run={run} />
              )}
            </div>
          </div>
        </main>
        {!wide && (
          <aside
            aria-label="Sources"
            className="sticky top-13 hidden h-[calc(100dvh-3.25rem)] self-start overflow-auto border-l border-line bg-surface px-4.5 pb-8 lg:block"
          >
            {sources}
          </aside>
        )}
      </div>
    </>
  );
}

function EarlierRun({ id, view, report }: RunProps) {
  return <RunSection run={useRun(id, view)} report={report} last={false} />;
}
