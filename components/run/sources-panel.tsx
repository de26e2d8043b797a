"use client";

import { Tabs } from "#components/ui/tabs.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { readingLanes } from "./reading-lanes.ts";
import type { ReportSummary } from "./report-summary.ts";
import { Nothing, ReadSources, SeenSources } from "./source-list.tsx";

/** What was seen, what was read or could not be, and what the report cites. */
export function SourcesPanel({ run, report }: { run: RunStore; report: ReportSummary | null }) {
  const sources = useRunPart(run, (view) => view.sources);
  const seen = useRunPart(run, (view) => view.seen);
  const before = useRunPart(run, (view) => view.seenBefore);
  const unread = useRunPart(run, (view) => view.unread);
  const lanes = useRunPart(run, (view) => view.lanes);
  const readers = lanes.length > 0 ? readingLanes(lanes) : null;
  const ended = useRunPart(run, (view) => view.endedAt !== null);
  const cited = report && sources.filter((source) => report.citedIds.includes(source.id));
  const tabs = [
    {
      id: "seen",
      name: "Seen",
      count: before + seen.length,
      panel: <SeenSources seen={seen} before={before} read={sources} inLanes={readers !== null} />,
    },
    { id: "read", name: "Read", count: sources.length, panel: <ReadSources sources={sources} unread={unread} readers={readers} /> },
    {
      id: "cited",
      name: "Cited",
      count: cited ? cited.length : ended ? 0 : "when written",
      panel:
        cited && cited.length > 0 ? (
          <ReadSources sources={cited} unread={[]} readers={readers} />
        ) : (
          <Nothing>{ended ? "No report cites anything here." : "The report names what it cites when it is written."}</Nothing>
        ),
    },
  ];
  return <Tabs label="Sources" tabs={tabs} start="read" />;
}
