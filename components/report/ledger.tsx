"use client";

import { Tabs } from "#components/ui/tabs.tsx";
import { ClaimFilters } from "./claim-filters.tsx";
import { ClaimRow } from "./claim-row.tsx";
import { useReading } from "./reading.tsx";
import { ReportSources } from "./report-sources.tsx";
import { statusWord } from "./status.ts";

/** Beside the text: every claim with its status and passage, and the sources. */
export function Ledger() {
  const { report } = useReading();
  const tabs = [
    { id: "claims", name: "Claims", count: report.citations.length, panel: <Claims /> },
    { id: "sources", name: "Sources", count: report.sources.length, panel: <ReportSources report={report} /> },
  ];
  return <Tabs label="Claims and sources" tabs={tabs} start="claims" />;
}

function Claims() {
  const { report, filter } = useReading();
  if (report.citations.length === 0) return <p className="py-8 text-center text-ink-2">This report cites nothing.</p>;
  return (
    <>
      <ClaimFilters />
      {filter && !report.citations.some((citation) => citation.status === filter) && (
        <p className="py-8 text-center text-ink-2">No claim is {statusWord(filter)}.</p>
      )}
      <ol aria-label="Claims">
        {report.citations.map((citation, index) =>
          filter && citation.status !== filter ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a citation is its place
            <ClaimRow key={index} citation={citation} index={index} />
          ),
        )}
      </ol>
    </>
  );
}
