"use client";

import { TraceRow } from "#components/trace/trace-row.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useLaneKeys } from "#lib/client/use-run.ts";
import { judgeLane, writerLane } from "#lib/domain/reporting-lanes.ts";

/** What was done for the report after the lanes were brought together: its parts as they are written, then the comparison with the passages. */
export function ReportSteps({ run }: { run: RunStore }) {
  const keys = [...useLaneKeys(run, writerLane), ...useLaneKeys(run, judgeLane)];
  if (keys.length === 0) return null;
  return (
    <section aria-label="The report" className="mt-4">
      <h3 className="mb-2 text-sm font-medium">The report</h3>
      <ol aria-label="Steps of the report">
        {keys.map((key) => (
          <li key={key} className="group/row">
            <TraceRow run={run} rowKey={key} />
          </li>
        ))}
      </ol>
    </section>
  );
}
