import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { agreementAnchor } from "#components/heavy/synthesis/comparison-place.ts";
import { hasComparison, LanesAgree, lanesAgreeTitle } from "#components/report/lanes-agree.tsx";
import { ReportDesk } from "#components/report/report-desk.tsx";
import { database } from "#db/database.ts";
import { getReport } from "#db/queries/reports.ts";
import { getSession } from "#db/queries/sessions.ts";
import { toHtml } from "#lib/reports/to-html.ts";
import { snapshotOf } from "#lib/runs/snapshot.ts";
import { currentViewer } from "#lib/web/viewer.ts";
import { contentsOf } from "./contents-of.ts";
import { reportFactsOf } from "./report-facts-of.ts";

interface Props {
  params: Promise<{ reportId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const report = await getReport(database(), await currentViewer(), (await params).reportId);
  return { title: report ? report.question.slice(0, 120) : "Report" };
}

export default async function ReportPage({ params }: Props) {
  const viewer = await currentViewer();
  const report = await getReport(database(), viewer, (await params).reportId);
  if (!report) notFound();
  const [session, facts] = await Promise.all([getSession(database(), viewer, report.sessionId), reportFactsOf(viewer, report)]);
  const { html, contents } = toHtml(report);
  const entries = contentsOf(report, contents);
  const isHeavy = session?.runs.some((run) => run.id === report.runId && run.mode === "heavy");
  const run = isHeavy ? await snapshotOf(database(), viewer, report.runId) : null;
  const compared = run && hasComparison(run.view) ? run.view : null;
  if (compared) entries.push({ id: agreementAnchor, text: lanesAgreeTitle, depth: 2, statuses: [] });
  return (
    <ReportDesk key={report.id} report={report} facts={facts} sessionTitle={session?.title || "Session"} html={html} contents={entries}>
      {compared && <LanesAgree report={report} view={compared} />}
    </ReportDesk>
  );
}
