"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { CitationLayer } from "./citation-layer.tsx";
import { selectClaim, useReadingStore, useReport } from "./reading.tsx";
import { watchReportKeys } from "./report-keys.ts";
import { shownCitation } from "./shown-citation.ts";

/** The text of the report: its marks open cards, and the keys walk its claims. */
export function ReportText({ children }: { children: ReactNode }) {
  const report = useReport();
  const store = useReadingStore();
  const router = useRouter();

  useEffect(() => watchReportKeys({ report, store, open: (href) => router.push(href) }), [report, store, router]);

  return (
    <div data-report-text>
      <CitationLayer shown={(index) => shownCitation(report, index)} judge={report.judge} onPress={(index) => selectClaim(store, index)}>
        {children}
      </CitationLayer>
    </div>
  );
}
