import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readPlace } from "#components/source/read-place.ts";
import { SourceDesk } from "#components/source/source-desk.tsx";
import { database } from "#db/database.ts";
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
  const source = await getSource(database(), await currentViewer(), (await params).sourceId);
  if (!source) notFound();
  const { passage, report, claim } = readPlace(await searchParams, source.text.length);
  const back = report
    ? { href: `/reports/${report}${claim ? `#c${claim}` : ""}`, words: claim ? "Back to the sentence" : "Report" }
    : await sessionOf(source);
  return <SourceDesk source={source} passage={passage} back={back} />;
}

async function sessionOf(source: Source) {
  const run = await getRun(database().sql, await currentViewer(), source.runId);
  return run ? { href: `/sessions/${run.sessionId}`, words: "Session" } : { href: "/", words: "New question" };
}
