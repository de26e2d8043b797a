import { type Event, readEvent } from "#lib/domain/event.ts";
import { hasEnded } from "#lib/domain/run.ts";
import { runView } from "#lib/domain/run-view.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { instantSchema } from "#lib/reports/bundle/instant.ts";
import { swapInText } from "#lib/reports/bundle/swap-ids.ts";
import { storable } from "#lib/std/storable.ts";

/** A log as it is read and as it is stored: what this version does not know of an event is kept, as in any log. */
export interface ToldTrace {
  events: Event[];
  rows: Pick<Event, "seq" | "type" | "at">[];
}

/** What an imported log has to agree with. */
export interface TraceOf {
  question: string;
  reportId: string;
  /** Of the run, with their new ids. */
  sources: readonly SourceRef[];
  names: ReadonlyMap<string, string>;
}

/** What the database takes as a number of an event or a step. */
const greatest = 2 ** 31 - 1;
const mostEvents = 200_000;

/**
 * The log of a bundle as that of a run which is over for good, or null where it is none: not in order, without its question or an end, about other
 * sources, or not to be read. Files, other runs and reports that it was asked with are left out: they are none of this house.
 */
export function importedTrace(lines: readonly string[], of: TraceOf): ToldTrace | null {
  if (lines.length === 0 || lines.length > mostEvents) return null;
  const told: ToldTrace = { events: [], rows: [] };
  const sources = new Map(of.sources.map((source) => [source.id, source]));
  try {
    for (const line of lines) {
      const row = ownRow(JSON.parse(swapInText(line, of.names)), of.reportId);
      const event = readEvent(row);
      if (!event || event.seq <= (told.events.at(-1)?.seq ?? 0) || !fits(event, sources)) return null;
      told.events.push(event);
      told.rows.push(row as ToldTrace["rows"][number]); // it was read as an event, so it has its stamp
    }
    runView(told.events);
  } catch {
    return null; // no JSON, or an event that does not fit its schema: what was told cannot be had
  }
  return isOver(told.events, of.question) ? told : null;
}

/** An event without what only its own house has. */
function ownRow(row: unknown, reportId: string): unknown {
  const { type, ...rest } = storable(row as Record<string, unknown>);
  if (type === "report-written") return { ...rest, type, reportId };
  if (type !== "run-queued") return { ...rest, type };
  const { attachments: _, replayOf: __, rewrite: ___, basis: ____, ...asked } = rest;
  return { ...asked, type };
}

function fits(event: Event, sources: ReadonlyMap<string, SourceRef>): boolean {
  const { step = 1 } = event as { step?: number };
  if (event.seq > greatest || step > greatest || !instantSchema.safeParse(event.at).success) return false;
  if (event.type === "run-queued") return event.seq === 1 && (event.mode === "heavy") === (event.heavy !== undefined);
  if (event.type !== "source-found") return true;
  const known = sources.get(event.source.id);
  return known?.url === event.source.url && known.hash === event.source.hash && known.n === event.source.n;
}

/** It begins with its question, which it has once (`fits` sees to that), and ends once, at its end. */
function isOver(events: readonly Event[], question: string): boolean {
  const [first] = events;
  const ends = events.filter(({ type }) => type === "run-ended");
  const last = events.at(-1);
  const isEnd = last?.type === "run-ended" && ends.length === 1 && hasEnded(last.status);
  return isEnd && first?.type === "run-queued" && first.question === question;
}
