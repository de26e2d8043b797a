import type { Sql } from "postgres";
import { figureOfRun } from "#db/queries/figures.ts";
import type { Report } from "#lib/domain/report.ts";

/** The bytes of the pictures that a report shows, by number. One whose row is gone is left out. */
export async function figuresOfReport(sql: Sql, { runId, figures }: Pick<Report, "runId" | "figures">): Promise<Map<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>();
  for (const { n } of figures) {
    const bytes = await figureOfRun(sql, runId, n);
    if (bytes) found.set(n, bytes);
  }
  return found;
}
