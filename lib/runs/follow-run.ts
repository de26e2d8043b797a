import type { Sql } from "postgres";
import { logHead, type StoredEvent } from "#db/queries/events.ts";
import { AppError } from "#lib/std/app-error.ts";
import type { Hub } from "./hub.ts";
import { tail } from "./tail.ts";

/**
 * The tail of a run for a reader that says it has everything up to `after`. Null when the run has ended and the reader has all of it.
 * A cursor beyond the log belongs to another run or another database: it is refused, because everything after it would be silently missing.
 */
export async function followRun(
  sql: Sql,
  hub: Hub,
  runId: string,
  after: number,
  signal: AbortSignal,
): Promise<AsyncGenerator<StoredEvent[]> | null> {
  const head = await logHead(sql, runId);
  if (after > head.seq) {
    throw new AppError(
      "unprocessable",
      `Last-Event-ID: ${after} is beyond this run's log, whose last event is ${head.seq}. Start again without it.`,
      { field: "Last-Event-ID" },
    );
  }
  if (head.ended && after === head.seq) return null;
  return tail(sql, hub, runId, after, signal);
}
