import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { createSession, listSessions } from "./sessions.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

test("sessions of one millisecond are each on one page", async () => {
  const viewer = { id: "local" };
  for (let n = 0; n < 7; n++) await createSession(db, viewer, `Session ${n}`);
  await db.sql`update sessions set updated_at = '2026-01-01T00:00:00.123Z'::timestamptz + (right(title, 1) || ' microseconds')::interval`;
  const titles: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listSessions(db, viewer, { limit: 2, ...(cursor && { cursor }) });
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.next;
  }
  expect(titles).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `Session ${n}`));
});
