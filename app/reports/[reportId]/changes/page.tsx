import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChangesDesk } from "#components/report/changes/changes-desk.tsx";
import { database } from "#db/database.ts";
import { getReport, versionsOf } from "#db/queries/reports.ts";
import { withNumbersOf } from "#lib/reports/with-numbers-of.ts";
import { currentViewer } from "#lib/web/viewer.ts";

interface Props {
  params: Promise<{ reportId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: "What changed" };

/** Compares with the version that `from` names, or with the one before. */
export default async function ChangesPage({ params, searchParams }: Props) {
  const viewer = await currentViewer();
  const after = await getReport(database(), viewer, (await params).reportId);
  if (!after) notFound();
  const { from } = await searchParams;
  const versions = await versionsOf(database(), viewer, after.runId);
  const before = versions.find(({ id }) => id === from) ?? versions.findLast(({ version }) => version < after.version);
  if (!before || before.id === after.id) notFound();
  return (
    <ChangesDesk
      before={before}
      after={after}
      markdownBefore={withNumbersOf(after, before)}
      versions={versions.map(({ id, version }) => ({ id, version }))}
    />
  );
}
