import { AppError } from "#lib/std/app-error.ts";

/** Where a stream goes on: the id the browser sends back after a drop, else `?after=`, else the beginning. */
export function cursorOf(request: Request): number {
  const header = request.headers.get("last-event-id");
  const query = new URL(request.url).searchParams.get("after");
  const [field, value] = header === null ? ["after", query] : ["Last-Event-ID", header];
  if (value === null || value === "") return 0;
  if (!/^\d{1,9}$/.test(value))
    throw new AppError("bad-request", `${field} must be the number of an event, as the stream's ids are.`, { field: String(field) });
  return Number(value);
}
