import { AppError } from "#lib/std/app-error.ts";
import { cursorIn } from "./cursor.ts";

/** As many runs one stream carries: the address then still fits every server's limit of 8 KB. */
export const mostRuns = 100;

/**
 * The runs that a stream is asked for, `?run=<id>:<after>` each, and where each goes on. A browser that comes back by itself sends the last id it had, which
 * names its run: that one goes on from there.
 */
export function runsAsked(request: Request): { runId: string; after: number }[] {
  const asked = new URL(request.url).searchParams.getAll("run");
  if (asked.length === 0) throw new AppError("bad-request", "run must name at least one run, as <run>:<number>.", { field: "run" });
  if (asked.length > mostRuns) throw new AppError("unprocessable", `run may be given ${mostRuns} times at most.`, { field: "run" });
  const cursors = new Map(asked.map((value) => [runIn(value, "run"), value]));
  const last = request.headers.get("last-event-id");
  if (last) {
    const runId = runIn(last, "Last-Event-ID");
    if (!cursors.has(runId))
      throw new AppError("unprocessable", "Last-Event-ID names a run that is not asked for.", { field: "Last-Event-ID" });
    cursors.set(runId, last);
  }
  return [...cursors].map(([runId, cursor]) => ({ runId, after: cursorIn(cursor, runId, "run") }));
}

function runIn(value: string, field: string): string {
  const [runId, seq] = value.split(":");
  if (seq === undefined || !runId || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(runId))
    throw new AppError("bad-request", `${field} must be <run>:<number>.`, { field });
  return runId.toLowerCase();
}
