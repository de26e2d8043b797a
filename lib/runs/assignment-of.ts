import type { Sql } from "postgres";
import { figuresOf } from "#db/queries/figures.ts";
import { reportById } from "#db/queries/reports.ts";
import { sourcesOf } from "#db/queries/sources.ts";
import type { Event } from "#lib/domain/event.ts";
import type { FigureRef } from "#lib/domain/figure.ts";
import type { Report } from "#lib/domain/report.ts";
import { isReporting } from "#lib/domain/reporting-lanes.ts";
import type { Source } from "#lib/domain/source.ts";
import type { Assignment } from "#lib/domain/writer/prompts.ts";
import { evidenceBank } from "#lib/reports/evidence-bank.ts";
import { stripMarks } from "#lib/reports/strip-marks.ts";
import type { Span } from "#lib/std/span.ts";
import { firstOf } from "./first-of.ts";
import { logOf } from "./log-of.ts";

/** What a report is made from: the run that researched, what it read, and the version that is written again, where one is. */
export interface Material {
  /** The run whose sources these are: the run itself, unless it writes another one's report again. */
  researchedBy: string;
  question: string;
  /** The log of the research. */
  events: readonly Event[];
  sources: Source[];
  /** What its scripts drew. */
  figures: FigureRef[];
  previous: Report | null;
}

/** Gathers the material of a run. Throws when the report that it is to write again is gone: then its session is, too. */
export async function materialOf(sql: Sql, runId: string, events: readonly Event[]): Promise<Material> {
  const queued = firstOf(events, "run-queued");
  const { rewrite } = queued;
  const researchedBy = rewrite?.runId ?? runId;
  const [sources, figures] = await Promise.all([sourcesOf(sql, researchedBy), figuresOf(sql, researchedBy)]);
  if (!rewrite) return { researchedBy, question: queued.question, events, sources, figures, previous: null };
  const previous = await reportById(sql, rewrite.reportId);
  if (!previous) throw new Error("The report that was to be written again is gone");
  return { researchedBy, question: previous.question, events: await logOf(sql, rewrite.runId), sources, figures, previous };
}

/** What the writer gets. The same log and sources give the same passages under the same numbers, also after a crash. */
export function assignmentOf(
  material: Material,
  finding: string,
  limitations: readonly string[],
  wishes: Assignment["wishes"],
): Assignment {
  const { question, events, sources, previous } = material;
  const cited = Map.groupBy(previous?.citations ?? [], ({ sourceId }) => sourceId);
  // The numbers of its marks are those of sources; in the prompt they would pass for passages.
  const { prose } = stripMarks(finding, () => true);
  const bank = evidenceBank(sources, {
    question: [question, ...addedToResearch(events)].join("\n"),
    finding: prose,
    extracts: extractsIn(events),
    cited: new Map([...cited].map(([id, citations]): [string, Span[]] => [id, citations.map(({ passage }) => passage)])),
  });
  return { question, finding: prose, bank, figures: drawn(material), limitations, wishes };
}

/** What the reader added while it was researched; what came later would choose other passages after a crash. */
function addedToResearch(events: readonly Event[]): string[] {
  const delivered = new Set(
    events.flatMap((event) => (event.type === "message-delivered" && !isReporting(event.lane) ? [event.messageId] : [])),
  );
  return events.flatMap((event) => (event.type === "message-queued" && delivered.has(event.messageId) ? [event.text] : []));
}

/** What scripts drew, each with what its script printed: the writer sees no pictures. */
function drawn({ events, figures }: Material): Assignment["figures"] {
  return figures.map((figure) => {
    const call = events.find(
      (event) =>
        event.type === "tool-returned" && event.details.kind === "python" && event.details.figures?.some(({ id }) => id === figure.id),
    );
    const printed = call?.type === "tool-returned" && call.details.kind === "python" ? call.details.stdout : "";
    return { ...figure, printed };
  });
}

/** What was extracted of each page, by the id of its source. */
function extractsIn(events: readonly Event[]): Map<string, string[]> {
  const extracts = new Map<string, string[]>();
  for (const event of events) {
    if (event.type !== "tool-returned" || event.details.kind !== "visit") continue;
    for (const { sourceId, evidence } of event.details.pages)
      if (sourceId !== undefined && evidence) extracts.set(sourceId, [...(extracts.get(sourceId) ?? []), evidence]);
  }
  return extracts;
}
