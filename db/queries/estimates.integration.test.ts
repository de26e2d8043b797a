import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { pastRuns } from "./estimates.ts";

let db: Database;
let drop: () => Promise<void>;
const sessionId = randomUUID();

beforeAll(async () => {
  const database = await testDatabase();
  drop = database.drop;
  db = openDatabase(database.url, { connections: 2 });
  await db.sql`insert into sessions (id, viewer_id, title) values (${sessionId}, 'somebody', '')`;
});
afterAll(async () => {
  await db.end();
  await drop();
});
beforeEach(() => db.sql`delete from runs`);

interface Past {
  model?: string | null;
  lanes?: number;
  status?: string;
  minutes?: number;
  tokens?: number;
  endedAt?: string;
  replayOf?: string;
}

/** A run that waited an hour for its place, then worked. */
async function insertRun({ model = "tongyi", lanes, status = "done", minutes = 10, tokens = 1_000, ...more }: Past) {
  const id = randomUUID();
  const endedAt = new Date(more.endedAt ?? "2026-11-25T12:00:00Z");
  const startedAt = new Date(endedAt.getTime() - minutes * 60_000);
  const usage = { calls: 3, promptTokens: tokens - 100, completionTokens: 100, cachedTokens: 50 };
  const heavy = lanes ? db.sql.json({ lanes, strategy: "research-synthesis", partialRollouts: false }) : null;
  await db.sql`
    insert into runs (id, session_id, question, mode, heavy, status, budget, usage, created_at, ended_at)
    values (${id}, ${sessionId}, '?', ${lanes ? "heavy" : "react"}, ${heavy}, ${status}, '{}', ${db.sql.json(usage)},
      ${new Date(startedAt.getTime() - 3_600_000)}, ${endedAt})`;
  const events = [
    { seq: 1, type: "run-queued", at: startedAt, data: { question: "?", ...(more.replayOf && { replayOf: more.replayOf }) } },
    { seq: 2, type: "run-started", at: startedAt, data: { model: { dialect: "tongyi", name: model, window: null } } },
    { seq: 9, type: "run-started", at: endedAt, data: { model: { dialect: "tongyi", name: model, window: null } } }, // resumed
  ];
  for (const { seq, type, at, data } of events)
    await db.sql`insert into events (run_id, seq, type, at, data) values (${id}, ${seq}, ${type}, ${at}, ${db.sql.json(data)})`;
}

test("a run counts from its first start to its end, with prompt and completion", async () => {
  await insertRun({ minutes: 7.5, tokens: 150_000 });
  await insertRun({ lanes: 4, minutes: 20, tokens: 600_000 });
  expect(await pastRuns(db.sql, "tongyi")).toEqual(
    expect.arrayContaining([
      { lanes: null, minutes: 7.5, tokens: 150_000 },
      { lanes: 4, minutes: 20, tokens: 600_000 },
    ]),
  );
});

test("other models, runs that were not done, and replays do not count", async () => {
  await insertRun({ model: "another" });
  await insertRun({ model: null });
  await insertRun({ status: "stopped" });
  await insertRun({ status: "failed" });
  await insertRun({ status: "running" });
  await insertRun({ replayOf: randomUUID() });
  expect(await pastRuns(db.sql, "tongyi")).toEqual([]);
  expect(await pastRuns(db.sql, null)).toHaveLength(1);
});

test("the last forty of each mode count", async () => {
  for (let day = 1; day <= 45; day++) await insertRun({ minutes: day, endedAt: new Date(Date.UTC(2026, 8, day)).toISOString() });
  for (let run = 0; run < 6; run++) await insertRun({ lanes: 2, endedAt: "2026-01-01T00:00:00Z" });
  const past = await pastRuns(db.sql, "tongyi");
  const standard = past.filter((run) => run.lanes === null).map((run) => run.minutes);
  expect([standard.length, Math.min(...standard), past.length]).toEqual([40, 6, 46]);
});
