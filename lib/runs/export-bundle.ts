import type { Database } from "#db/client.ts";
import { eventsOf } from "#db/queries/events.ts";
import { figureOfRun } from "#db/queries/figures.ts";
import { sourcesOf } from "#db/queries/sources.ts";
import type { Report } from "#lib/domain/report.ts";
import type { BundledFigure } from "#lib/reports/bundle/bundle-format.ts";
import { writeBundle } from "#lib/reports/bundle/write-bundle.ts";

/** A report with everything that it rests on, as one file: see `writeBundle`. Whoever asks may see the report. */
export async function exportBundle(db: Database, report: Report): Promise<Uint8Array<ArrayBuffer>> {
  const sources = await sourcesOf(db.sql, report.runId);
  const log = await eventsOf(db.sql, report.runId);
  const figures: BundledFigure[] = [];
  for (const figure of report.figures) {
    const bytes = await figureOfRun(db.sql, report.runId, figure.n);
    if (bytes) figures.push({ ...figure, bytes });
  }
  return writeBundle({ report, sources, figures, trace: log.map(({ json }) => json) });
}
