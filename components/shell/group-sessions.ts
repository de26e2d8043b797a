import type { SessionRow } from "#lib/domain/session.ts";

export interface SessionGroup {
  name: "Working" | "Today" | "This week" | "Earlier";
  rows: SessionRow[];
}

export const isWorking = (row: SessionRow) => row.lastRun !== null && ["queued", "running", "paused"].includes(row.lastRun.status);

/** Sessions under what the reader remembers them by. The day is the reader's, so it needs a time zone. */
export function groupSessions(rows: readonly SessionRow[], now: number, timeZone: string): SessionGroup[] {
  const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone });
  const today = Date.parse(dayOf.format(now));
  const age = (row: SessionRow) => Math.round((today - Date.parse(dayOf.format(new Date(row.updatedAt)))) / 86_400_000);
  const nameOf = (row: SessionRow): SessionGroup["name"] => {
    if (isWorking(row)) return "Working";
    const days = age(row);
    return days <= 0 ? "Today" : days < 7 ? "This week" : "Earlier";
  };
  const names = ["Working", "Today", "This week", "Earlier"] as const;
  return names.map((name) => ({ name, rows: rows.filter((row) => nameOf(row) === name) })).filter((group) => group.rows.length > 0);
}
