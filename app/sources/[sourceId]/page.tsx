import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { citedPlaces } from "#components/source/cited-places.ts";
import { readPlace } from "#components/source/read-place.ts";
import { SourceDesk } from "#components/source/source-desk.tsx";
import { database } from "#db/database.ts";
import { citingReports, otherCopies } from "#db/queries/citing-reports.ts";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { getSource } from "#db/queries/sources.ts";
import type { Source } from "#lib/domain/source.ts";
import { currentViewer } from "#lib/web/viewer.ts";

interface Props {
  params: Promise<{ sourceId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const source = await getSource(database(), await currentViewer(), (await params).sourceId);
  return { title: source ? `Source: ${(source.title || source.url).slice(0, 120)}` : "Source" };
}

export default async function SourcePage({ params, searchParams }: Props) {
  const viewer = await currentViewer();
  const source = await getSource(database(), viewer, (await params).sourceId);
  if (!source) notFound();
  const { passage, report: reportId, claim } = readPlace(await searchParams, source.text.length);
  const [report, reports, copies] = await Promise.all([
    reportId === undefined ? null : getReport(database(), viewer, reportId),
    citingReports(database(), viewer, source.hash),
    otherCopies(database(), viewer, source),
  ]);
  const places = citedPlaces(report?.citations ?? [], source.id, passage);
  const at = passage ? places.findIndex(({ start, end }) => start <= passage.start && passage.end <= end) : -1;
  const ref = [...(report?.sources ?? []), ...(report?.readOnly ?? [])].find(({ id }) => id === source.id);
  const back = report
    ? { href: `/reports/${report.id}${claim ? `#c${claim}` : ""}`, words: claim ? "Back to the sentence" : "Report" }
    : await sessionOf(source);
  return (
    <SourceDesk
      source={source}
      n={ref?.n ?? source.n}
      places={places}
      first={at < 0 ? null : at}
      reportId={report?.id ?? null}
      relations={{ copies, reports: reports.filter(({ id }) => id !== report?.id), sameAs: ref?.copyOf ?? null }}
      back={back}
    />
  );
}

async function sessionOf(source: Source) {
  const run = await getRun(database().sql, await currentViewer(), source.runId);
  return run ? { href: `/sessions/${run.sessionId}`, words: "Session" } : { href: "/", words: "New question" };
}
