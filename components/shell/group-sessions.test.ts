import { expect, test } from "vitest";
import type { SessionRow } from "#lib/domain/session.ts";
import { groupSessions } from "./group-sessions.ts";

const row = (title: string, updatedAt: string, status = "done"): SessionRow => ({
  id: title,
  title,
  createdAt: updatedAt,
  updatedAt,
  lastRun: { id: title, status, steps: 1, lanes: null },
});
const now = Date.parse("2026-11-24T01:30:00Z");
const rows = [
  row("works", "2026-11-01T00:00:00Z", "running"),
  row("late yesterday", "2026-11-23T23:30:00Z"),
  row("last week", "2026-11-18T12:00:00Z"),
  row("long ago", "2026-10-01T12:00:00Z"),
];
const titles = (timeZone: string) =>
  groupSessions(rows, now, timeZone).map((group) => [group.name, ...group.rows.map((each) => each.title)]);

test("what works comes first, then by the reader's days", () => {
  expect(titles("UTC")).toEqual([
    ["Working", "works"],
    ["This week", "late yesterday", "last week"],
    ["Earlier", "long ago"],
  ]);
  expect(titles("Europe/Berlin")).toEqual([
    ["Working", "works"],
    ["Today", "late yesterday"],
    ["This week", "last week"],
    ["Earlier", "long ago"],
  ]);
});
