import { AppError } from "#lib/std/app-error.ts";

/**
 * Where the stream of a run goes on: the id the browser sends back after a drop, else `?after=`, else the beginning. Either is the number of an
 * event, or `<run>:<number>`, which also says whose: the number of another run's event is refused, because a bare one cannot be told from ours.
 */
export function cursorOf(request: Request, runId: string): number {
  const header = request.headers.get("last-event-id");
  const query = new URL(request.url).searchParams.get("after");
  const [field, value] = header === null ? ["after", query] : ["Last-Event-ID", header];
  return value === null || value === "" ? 0 : cursorIn(value, runId, field ?? "after");
}

/** The number in a cursor. Refuses what is no cursor, and the cursor of another run. */
export function cursorIn(value: string, runId: string, field: string): number {
  const [, run, seq] = /^(?:([0-9a-f-]{36}):)?(\d{1,9})$/i.exec(value) ?? [];
  if (seq === undefined)
    throw new AppError("bad-request", `${field} must be the number of an event, as the stream's ids are, or <run>:<number>.`, { field });
  if (run !== undefined && run.toLowerCase() !== runId.toLowerCase())
    throw new AppError("unprocessable", `${field} names an event of another run. Start again without it.`, { field });
  return Number(seq);
}
