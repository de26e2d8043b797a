import type { ReportFacts } from "#components/report/report-facts.ts";
import { database } from "#db/database.ts";
import { versionsOf } from "#db/queries/reports.ts";
import { rewritingRun } from "#db/queries/rewriting-run.ts";
import { sourceTexts } from "#db/queries/source-texts.ts";
import { unreadPages } from "#db/queries/unread-pages.ts";
import { lightView } from "#lib/domain/light-view.ts";
import { packedView } from "#lib/domain/packed-view.ts";
import { passageContext } from "#lib/domain/passage-context.ts";
import type { Report } from "#lib/domain/report.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { env } from "#lib/env.ts";
import { uncitedClaims } from "#lib/reports/verify/uncited-claims.ts";
import { writersOf } from "#lib/runs/rewrite-report.ts";
import { snapshotOf } from "#lib/runs/snapshot.ts";

/** What the tools beside a report show of it. */
export async function reportFactsOf(viewer: Viewer, report: Report): Promise<ReportFacts> {
  const db = database();
  const { id, runId, sessionId, version, kind, question, citations, sources, readOnly, judge } = report;
  const [texts, unread, versions, rewriting] = await Promise.all([
    sourceTexts(db.sql, [...new Set(citations.map(({ sourceId }) => sourceId))]),
    unreadPages(db.sql, runId),
    versionsOf(db, viewer, runId),
    rewritingRun(db.sql, runId),
  ]);
  const writing = rewriting ? await snapshotOf(db, viewer, rewriting) : null;
  return {
    ...{ id, runId, sessionId, version, kind, question, citations, sources, readOnly, judge },
    contexts: citations.map(({ sourceId, passage }) => passageContext(texts.get(sourceId) ?? "", passage)),
    uncited: uncitedClaims(report.markdown).map(({ text }) => text),
    unread,
    versions: versions.map((each) => ({
      id: each.id,
      version: each.version,
      createdAt: each.createdAt,
      model: each.model,
      rewrite: each.rewrite,
      citations: each.citations.length,
    })),
    writers: writersOf(env()),
    rewriting: writing && { runId: writing.run.id, view: packedView(lightView(writing.view)) },
  };
}
