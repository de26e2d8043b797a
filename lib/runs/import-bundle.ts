import { randomUUID } from "node:crypto";
import type { Database } from "#db/client.ts";
import { type ImportedRun, insertImported } from "#db/queries/bundles.ts";
import { type Event, readEvent } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { type Bundle, token } from "#lib/reports/bundle/bundle-format.ts";
import { readBundle } from "#lib/reports/bundle/read-bundle.ts";
import { type Recheck, recheck } from "#lib/reports/bundle/recheck.ts";
import { swapIds, swapInText } from "#lib/reports/bundle/swap-ids.ts";
import { AppError } from "#lib/std/app-error.ts";
import { storable } from "#lib/std/storable.ts";

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
export async function importBundle(db: Database, viewer: Viewer, bytes: Uint8Array): Promise<Imported> {
  const read = await readBundle(bytes);
  if (!read.ok) throw new AppError("unprocessable", `file: ${read.problem}`, { field: "file" });
  const { bundle } = read;
  const checked = recheck(bundle.report.citations, bundle.sources);
  const ids = { sessionId: randomUUID(), runId: randomUUID(), reportId: randomUUID() };
  const names = new Map([
    [token.run, ids.runId],
    [token.report, ids.reportId],
    ...bundle.sources.map(({ n }): [string, string] => [token.source(n), randomUUID()]),
    ...bundle.figures.map(({ n }): [string, string] => [token.figure(n), randomUUID()]),
  ]);
  const told = traceOf(bundle, names);
  const events = told?.events ?? leastTrace(bundle, ids.reportId);
  const run = importedRun(bundle, checked, { ...ids, events, rows: told?.rows ?? events, names });
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
}

function importedRun(bundle: Bundle, checked: Recheck, { events, rows, names, ...ids }: Named): ImportedRun {
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
    status: ended?.status ?? ("done" as const),
    termination: ended?.termination ?? ("answer" as const),
    startedAt: queued?.at ?? bundle.report.createdAt,
    endedAt: ended?.at ?? bundle.report.createdAt,
    events: rows,
    report: {
      ...swapIds({ ...bundle.report, citations: checked.citations }, names),
      id: ids.reportId,
      runId: ids.runId,
      sessionId: ids.sessionId,
    },
  });
  return { ...told, sessionId: ids.sessionId, sources: bundle.sources.map(renamed), figures: bundle.figures.map(renamed) };
}

/** A log as it is read and as it is stored: what this version does not know of an event is kept, as in any log. */
interface ToldTrace {
  events: Event[];
  rows: ImportedRun["events"][number][];
}

/** The events of a bundle, or null where they are no log: not in order, without a beginning or an end, or not to be read. */
function traceOf({ trace }: Bundle, names: ReadonlyMap<string, string>): ToldTrace | null {
  const told: ToldTrace = { events: [], rows: [] };
  for (const line of trace) {
    const row = jsonOf(swapInText(line, names));
    const event = eventIn(row);
    if (!event || event.seq <= (told.events.at(-1)?.seq ?? 0) || Number.isNaN(Date.parse(event.at))) return null;
    told.events.push(event);
    told.rows.push(row as ImportedRun["events"][number]); // it was read as an event, so it has its stamp
  }
  const ends = told.events.filter(({ type }) => type === "run-ended");
  const [first] = told.events;
  return first?.type === "run-queued" && first.seq === 1 && ends.length === 1 && ends[0] === told.events.at(-1) ? told : null;
}

function eventIn(row: unknown): Event | null {
  try {
    return readEvent(row);
  } catch {
    return null; // an event that does not fit its schema: what was told cannot be had
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The least that is true of a run whose log is not there: it was asked, its report was written, it ended. */
function leastTrace({ report, sources }: Bundle, reportId: string): Event[] {
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
      detail: "The bundle that this report came in held no log of its research.",
    },
  ];
}
