import type { Sql } from "postgres";
import { appendLast } from "#db/queries/events.ts";
import { insertReport, type NewReport, nextVersion } from "#db/queries/reports.ts";
import { endedUnder, endRun } from "#db/queries/runs.ts";
import { addToSearch } from "#db/queries/sessions.ts";
import type { RunStatus, Termination, Usage } from "#lib/domain/run.ts";
import { storable } from "#lib/std/storable.ts";
import { Fenced } from "./event-writer.ts";
import { failpoint } from "./failpoint.ts";
import { throughOutage } from "./through-outage.ts";
import { openFacts } from "./unheld-log.ts";

export interface End {
  runId: string;
  epoch: number;
  lastSeq: number;
  status: RunStatus;
  termination: Termination;
  detail?: string | undefined;
  usage: Usage;
  report: NewReport | null;
  clock?: (() => Date) | undefined;
}

/**
 * Ends a run: report, last events and status are one transaction, so a reader sees all of them or none. What was asked of it too late to
 * be heard stands in the log before its end. Waits for a database that is away, and ends the run once where the answer to its commit was
 * lost. Throws Fenced when another worker owns the run.
 */
export const finish = (sql: Sql, end: End, signal?: AbortSignal): Promise<void> => throughOutage(() => endOnce(sql, end), signal);

async function endOnce(sql: Sql, end: End): Promise<void> {
  const at = (end.clock?.() ?? new Date()).toISOString();
  const { runId, epoch, status, termination, usage } = end;
  const report = end.report && storable(end.report);
  await sql.begin(async (transaction) => {
    const held = await endRun(transaction, { runId, epoch, status, termination, reportId: report?.id ?? null, usage });
    if (!held && (await endedUnder(transaction, runId, epoch))) return; // by the try before, whose answer was lost
    if (!held) throw new Fenced(runId);
    let seq = end.lastSeq;
    const events = [];
    for (const { type, ...data } of await openFacts(transaction, runId)) events.push({ seq: ++seq, type, at, data: storable(data) });
    if (report) {
      const version = await nextVersion(transaction, report.runId);
      await insertReport(transaction, { ...report, version });
      await addToSearch(transaction, runId, report.markdown);
      const { id: reportId, kind, removedMarks } = report;
      const data = { reportId, version, kind, citations: report.citations.length, sources: report.sources.length, removedMarks };
      events.push({ seq: ++seq, type: "report-written", at, data });
    }
    events.push({ seq: ++seq, type: "run-ended", at, data: { status, termination, ...(end.detail && { detail: end.detail }) } });
    await appendLast(transaction, runId, events);
    failpoint("before-end");
  });
  failpoint("ended");
}
