import type { TransactionSql } from "postgres";
import { titleOf } from "#db/queries/ask.ts";
import { appendLast } from "#db/queries/events.ts";
import { insertReport } from "#db/queries/reports.ts";
import { addToSearch } from "#db/queries/sessions.ts";
import type { Budget } from "#lib/domain/budget.ts";
import type { Event } from "#lib/domain/event.ts";
import type { FigureRef } from "#lib/domain/figure.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import type { Report } from "#lib/domain/report.ts";
import type { RunMode, RunStatus, Termination, Usage } from "#lib/domain/run.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { searchVector } from "#lib/std/search-vector.ts";
import type { Sketch } from "#lib/std/sketch.ts";

/** A finished run that another house made, with ids of this one. */
export interface ImportedRun {
  sessionId: string;
  title: string;
  question: string;
  mode: RunMode;
  heavy: HeavyPlan | null;
  budget: Budget;
  usage: Usage;
  /** An ended one: no worker may take it up. */
  status: Exclude<RunStatus, "queued" | "running" | "paused">;
  termination: Termination;
  startedAt: string;
  endedAt: string;
  /** As they are stored: a stamp, and whatever belongs to their type. */
  events: readonly (Pick<Event, "seq" | "type" | "at"> & { step?: number })[];
  sources: readonly (SourceRef & { text: string; sketch: Sketch })[];
  figures: readonly (FigureRef & { bytes: Uint8Array })[];
  report: Report;
}

/** Stores an imported run as part of a transaction: all of it, or nothing. It has no job, so no worker takes it up. */
export async function insertImported(sql: TransactionSql, viewer: Viewer, run: ImportedRun): Promise<void> {
  const { sessionId, report } = run;
  const json = (value: unknown) => sql.json(value as never);
  await sql`
    insert into sessions (id, viewer_id, title, search)
    values (${sessionId}, ${viewer.id}, ${titleOf(run.title)}, ${searchVector(run.title)}::tsvector)`;
  await sql`
    insert into runs (id, session_id, question, mode, heavy, budget, usage, status, termination, report_id, steps, created_at, ended_at)
    values (${report.runId}, ${sessionId}, ${run.question}, ${run.mode}, ${run.heavy && json(run.heavy)}, ${json(run.budget)}, ${json(run.usage)},
      ${run.status}, ${run.termination}, ${report.id}, ${lastStep(run.events)}, ${run.startedAt}, ${run.endedAt})`;
  for (const source of run.sources) {
    await sql`
      insert into sources (id, run_id, n, requested_url, url, title, site, text, hash, status, fetched_at, sketch, copy_of)
      values (${source.id}, ${report.runId}, ${source.n}, ${source.url}, ${source.url}, ${source.title}, ${source.site}, ${source.text}, ${source.hash},
        ${source.status}, ${source.fetchedAt}, ${source.sketch}, ${source.copyOf ?? null})`;
  }
  for (const { id, n, name, width, height, bytes } of run.figures) {
    await sql`
      insert into figures (id, run_id, n, name, hash, width, height, bytes)
      values (${id}, ${report.runId}, ${n}, ${name}, encode(sha256(${Buffer.from(bytes)}), 'hex'), ${width}, ${height}, ${Buffer.from(bytes)})`;
  }
  await insertReport(sql, report);
  await addToSearch(sql, report.runId, report.markdown);
  await appendLast(
    sql,
    report.runId,
    run.events.map(({ seq, type, at, ...data }) => ({ seq, type, at, data })),
  );
}

const lastStep = (events: ImportedRun["events"]) => events.reduce((last, { step = 0 }) => Math.max(last, step), 0);
