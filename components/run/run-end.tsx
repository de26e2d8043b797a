import { BookOpenText } from "lucide-react";
import { StatusCounts } from "#components/report/status-counts.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { RunView } from "#lib/domain/run-view.ts";
import { ReplayButton } from "./replay-button.tsx";
import type { ReportSummary } from "./report-summary.ts";
import { endWords } from "./run-words.ts";

/** How a run ended, and the way to its report when there is one. */
export function RunEnd({ runId, view, report }: { runId: string; view: RunView; report: ReportSummary | null }) {
  const { tag, tone, words } = endWords(view);
  return (
    <section
      aria-label="End of the run"
      className="flex flex-wrap items-center gap-x-4 gap-y-2.5 rounded-panel bg-surface px-4 py-3 ring-1 ring-line"
    >
      <div className="grid min-w-0 flex-[1_1_18rem] gap-1.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 tabular-nums">
          <Tag tone={tone}>{tag}</Tag>
          <span className="text-ink-2">{words}</span>
        </p>
        {report && <StatusCounts statuses={report.statuses} />}
        {report?.kind === "quotes" && view.status === "failed" && (
          <p className="text-ink-2">What was read is quoted in an evidence report.</p>
        )}
      </div>
      {!view.rewrite && <ReplayButton runId={runId} />}
      {view.reportId && (
        <ButtonLink look="primary" href={`/reports/${view.reportId}`}>
          <BookOpenText {...icon} />
          Read the report
        </ButtonLink>
      )}
    </section>
  );
}
