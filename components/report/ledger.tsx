"use client";

import { Tabs } from "#components/ui/tabs.tsx";
import { ClaimFilters } from "./claim-filters.tsx";
import { ClaimRow } from "./claim-row.tsx";
import { ClaimSteps } from "./claim-steps.tsx";
import { LazyAsk } from "./lazy-ask.tsx";
import { shownClaims } from "./next-claim.ts";
import { useReading, useReadingStore, useReport } from "./reading.tsx";
import type { Panel } from "./reading-store.ts";
import { ReportSources } from "./report-sources.tsx";
import { statusWord } from "./status.ts";
import { UncitedList } from "./uncited-list.tsx";

const isPanel = (id: string): id is Panel => id === "claims" || id === "sources" || id === "ask";

/** Beside the text: every claim with its status and passage, the sources, and questions about the report. */
export function Ledger() {
  const report = useReport();
  const store = useReadingStore();
  const panel = useReading((state) => state.panel);
  const tabs = [
    { id: "claims", name: "Claims", count: report.citations.length, panel: <Claims /> },
    { id: "sources", name: "Sources", count: report.sources.length, panel: <ReportSources /> },
    { id: "ask", name: "Ask", count: null, panel: <LazyAsk />, keep: true },
  ];
  return (
    <Tabs label="Claims and sources" tabs={tabs} start="claims" value={panel} onChange={(id) => isPanel(id) && store.set({ panel: id })} />
  );
}

/** Claims and sources alone, for a sheet. */
export function LedgerSheet() {
  const report = useReport();
  const tabs = [
    { id: "claims", name: "Claims", count: report.citations.length, panel: <Claims /> },
    { id: "sources", name: "Sources", count: report.sources.length, panel: <ReportSources /> },
  ];
  return <Tabs label="Claims and sources" tabs={tabs} start="claims" />;
}

function Claims() {
  const { citations, uncited } = useReport();
  const filter = useReading((state) => state.filter);
  const places = shownClaims(citations, filter);
  if (citations.length === 0 && uncited.length === 0) return <p className="py-8 text-center text-ink-2">This report cites nothing.</p>;
  return (
    <>
      <div className="sticky top-11.25 z-2 -mx-4 border-b border-line bg-inherit px-4 pb-0.5">
        <ClaimFilters />
        {citations.length > 0 && filter !== "uncited" && <ClaimSteps />}
      </div>
      {citations.length === 0 && <p className="py-6 text-center text-ink-2">This report cites nothing.</p>}
      {filter !== null && filter !== "uncited" && places.length === 0 && (
        <p className="py-8 text-center text-ink-2">No claim is {filter === "look" ? "to be looked at" : statusWord(filter)}.</p>
      )}
      <ol aria-label="Claims">
        {places.map((index) => (
          <ClaimRow key={index} index={index} />
        ))}
      </ol>
      {(filter === null || filter === "uncited") && <UncitedList />}
    </>
  );
}
