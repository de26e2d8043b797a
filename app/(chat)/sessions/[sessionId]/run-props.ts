import type { ReportSummary } from "#components/run/report-summary.ts";
import type { RunProps } from "#components/run/session-desk.tsx";
import { database } from "#db/database.ts";
import { getReport } from "#db/queries/reports.ts";
import { lightView } from "#lib/domain/light-view.ts";
import { packedView } from "#lib/domain/packed-view.ts";
import type { Report } from "#lib/domain/report.ts";
import type { Run } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { snapshotOf } from "#lib/runs/snapshot.ts";

/** A run as its page first shows it. */
export async function runProps(viewer: Viewer, run: Run): Promise<RunProps | null> {
  const snapshot = await snapshotOf(database(), viewer, run.id);
  if (!snapshot) return null;
  const { reportId } = snapshot.view;
  const report = reportId ? await getReport(database(), viewer, reportId) : null;
  return { id: run.id, view: packedView(lightView(snapshot.view)), report: report && summaryOf(report) };
}

function summaryOf(report: Report): ReportSummary {
  const statuses: ReportSummary["statuses"] = {};
  for (const { status } of report.citations) statuses[status] = (statuses[status] ?? 0) + 1;
  return { id: report.id, kind: report.kind, statuses, citedIds: [...new Set(report.citations.map((citation) => citation.sourceId))] };
}
