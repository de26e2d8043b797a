import { randomUUID } from "node:crypto";
import type { Database } from "#db/client.ts";
import { type ImportedRun, insertImported } from "#db/queries/bundles.ts";
import type { Event } from "#lib/domain/event.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import { runView } from "#lib/domain/run-view.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { type Bundle, token } from "#lib/reports/bundle/bundle-format.ts";
import { importedNotice, isImportedNotice } from "#lib/reports/bundle/imported-notice.ts";
import { readBundle } from "#lib/reports/bundle/read-bundle.ts";
import { type Recheck, recheck } from "#lib/reports/bundle/recheck.ts";
import { swapIds } from "#lib/reports/bundle/swap-ids.ts";
import { AppError } from "#lib/std/app-error.ts";
import { storable } from "#lib/std/storable.ts";
import { importedTrace } from "./imported-trace.ts";

/** What was made of a bundle, and what held of it. */
export interface Imported extends Omit<Recheck, "citations"> {
  sessionId: string;
  runId: string;
  reportId: string;
  citations: number;
  sources: number;
  /** Whether the log of the run came with it; where not, the run has only its question, its report and its end. */
  trace: "whole" | "none";
}

/**
 * Takes a report in that another Dossier made: a new session of the viewer's with a finished run, its copies and its report, with every citation
 * checked again. Nothing of it is believed that can be checked; ids are new ones, so that it touches nothing that is here.
 */
export async function importBundle(db: Database, viewer: Viewer, bytes: Uint8Array, at = new Date()): Promise<Imported> {
  if (underWay) throw new AppError("unavailable", "Another bundle is being imported. Send this one again when that is done.");
  underWay = true;
  try {
    return await imported(db, viewer, bytes, at);
  } catch (error) {
    throw isOfItsContent(error) ? new AppError("unprocessable", `file: ${notTaken}`, { field: "file", cause: error }) : error;
  } finally {
    underWay = false;
  }
}

const notTaken = "It holds a value that cannot be stored: nested too deep, too long or out of range.";

/** The database's classes for values, their constraints and its limits; a RangeError is what JSON throws when it is nested too deep. */
const isOfItsContent = (error: unknown): boolean =>
  error instanceof RangeError || (error instanceof Error && "code" in error && /^(?:22|23|54)...$/.test(String(error.code)));

/** A bundle may hold 250 MB when it is unpacked: this process takes one at a time. */
let underWay = false;

async function imported(db: Database, viewer: Viewer, bytes: Uint8Array, at: Date): Promise<Imported> {
  const read = await readBundle(bytes);
  if (!read.ok) throw new AppError("unprocessable", `file: ${read.problem}`, { field: "file" });
  const { bundle } = read;
  const checked = await recheck(bundle.report, bundle.sources);
  const ids = { sessionId: randomUUID(), runId: randomUUID(), reportId: randomUUID() };
  const names = new Map([
    [token.run, ids.runId],
    [token.report, ids.reportId],
    ...bundle.sources.map(({ n }): [string, string] => [token.source(n), randomUUID()]),
    ...bundle.figures.map(({ n }): [string, string] => [token.figure(n), randomUUID()]),
  ]);
  const sources = bundle.sources.map(({ id, text: _, sketch: __, ...ref }) => ({ id: names.get(id) ?? id, ...ref }));
  const told = importedTrace(bundle.trace, { question: bundle.report.question, reportId: ids.reportId, sources, names });
  const events = told?.events ?? leastTrace(bundle, ids.reportId);
  const run = importedRun(bundle, checked, { ...ids, events, rows: told?.rows ?? events, names, at });
  await db.sql.begin((transaction) => insertImported(transaction, viewer, run));
  const { citations, ...held } = checked;
  return { ...ids, ...held, citations: citations.length, sources: bundle.sources.length, trace: told ? "whole" : "none" };
}

interface Named {
  sessionId: string;
  runId: string;
  reportId: string;
  events: readonly Event[];
  rows: ImportedRun["events"];
  names: ReadonlyMap<string, string>;
  /** When it is imported. */
  at: Date;
}

function importedRun(bundle: Bundle, checked: Recheck, { events, rows, names, at, ...ids }: Named): ImportedRun {
  const queued = events.find((event) => event.type === "run-queued");
  const ended = events.find((event) => event.type === "run-ended");
  const renamed = <Thing extends { id: string }>(thing: Thing): Thing => ({ ...thing, id: names.get(thing.id) ?? randomUUID() });
  const told = storable({
    title: `Imported: ${bundle.report.question}`.slice(0, 120),
    question: bundle.report.question,
    mode: queued?.mode ?? ("react" as const),
    heavy: queued?.heavy ?? null,
    budget: queued?.budget ?? { calls: 1, minutes: 1 },
    usage: runView(events).usage,
    status: endedAs(ended?.status),
    termination: ended?.termination ?? ("answer" as const),
    startedAt: queued?.at ?? bundle.report.createdAt,
    endedAt: ended?.at ?? bundle.report.createdAt,
    events: rows,
    report: {
      ...swapIds({ ...bundle.report, citations: checked.citations }, names),
      limitations: [importedNotice(at), ...bundle.report.limitations.filter((line) => !isImportedNotice(line))],
      id: ids.reportId,
      runId: ids.runId,
      sessionId: ids.sessionId,
    },
  });
  return { ...told, sessionId: ids.sessionId, sources: bundle.sources.map(renamed), figures: bundle.figures.map(renamed) };
}

/** Only an ended run is stored: no worker may take up what another house began. */
const endedAs = (status: RunStatus | undefined): ImportedRun["status"] => (status === "stopped" || status === "failed" ? status : "done");

/** The least that is true of a run whose log is not there: it was asked, its report was written, it ended. */
function leastTrace({ report, sources, trace }: Bundle, reportId: string): Event[] {
  const at = report.createdAt;
  return [
    {
      seq: 1,
      at,
      type: "run-queued",
      question: report.question,
      mode: "react",
      budget: { calls: 1, minutes: 1 },
      whenFull: "answer",
      priority: "interactive",
      attachments: [],
    },
    {
      seq: 2,
      at,
      type: "report-written",
      reportId,
      version: report.version,
      kind: report.kind,
      citations: report.citations.length,
      sources: sources.length,
      removedMarks: report.removedMarks,
    },
    {
      seq: 3,
      at,
      type: "run-ended",
      status: "done",
      termination: "answer",
      detail:
        trace.length === 0
          ? "The bundle that this report came in held no log of its research."
          : "The log in the bundle that this report came in could not be read as one.",
    },
  ];
}
