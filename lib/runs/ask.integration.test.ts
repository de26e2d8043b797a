import { afterAll, beforeAll, expect, test } from "vitest";
import { getRun } from "#db/queries/runs.ts";
import { createSession, listSessions } from "#db/queries/sessions.ts";
import { type Kernel, openKernel, viewer } from "#e2e/support/kernel.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { ask, type Question } from "./ask.ts";
import { replayRun } from "./replay-run.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const plan: HeavyPlan = { lanes: 4, strategy: "parallel-muse", partialRollouts: true };
const budget = { calls: 20, minutes: 10, tokens: 500_000 };
const question: Omit<Question, "sessionId"> = { question: "How deep?", mode: "heavy", heavy: plan, budget };

async function asked(more: Partial<Question> = {}) {
  const { id: sessionId } = await createSession(kernel.db, viewer, "");
  return ask(kernel.db, kernel.queue, viewer, { ...question, sessionId, ...more });
}

test("a Heavy run has its plan in its row, in its first event and in the list of sessions", async () => {
  const run = await asked();
  expect(run).toMatchObject({ mode: "heavy", heavy: plan, budget });
  expect((await kernel.log(run.id))[0]).toMatchObject({ type: "run-queued", mode: "heavy", heavy: plan, budget });
  const { items } = await listSessions(kernel.db, viewer);
  expect(items.find((row) => row.id === run.sessionId)?.lastRun).toMatchObject({ id: run.id, lanes: 4 });
});

test("a Standard run has none", async () => {
  const run = await asked({ mode: "react", heavy: undefined });
  expect(await getRun(kernel.db.sql, viewer, run.id)).toMatchObject({ mode: "react", heavy: null });
  expect((await kernel.log(run.id))[0]).not.toHaveProperty("heavy");
});

test("a key that was used is for the same question in the same mode with the same plan", async () => {
  const run = await asked({ idempotencyKey: "key" });
  const again = (more: Partial<Question>) => asked({ sessionId: run.sessionId, idempotencyKey: "key", ...more });
  expect((await again({})).id).toBe(run.id);
  // As jsonb hands it back, in whatever order.
  expect((await again({ heavy: { partialRollouts: true, strategy: "parallel-muse", lanes: 4 } })).id).toBe(run.id);
  const refused = /another question, mode, limit or file/;
  await expect(again({ heavy: { ...plan, lanes: 5 } })).rejects.toThrow(refused);
  await expect(again({ mode: "react", heavy: undefined })).rejects.toThrow(refused);
  await expect(again({ question: "How high?" })).rejects.toThrow(refused);
});

test("a replay keeps the plan", async () => {
  const run = await asked();
  await kernel.db.sql`update runs set status = 'done', ended_at = now() where id = ${run.id}`;
  const replay = await replayRun(kernel.db, kernel.queue, viewer, { runId: run.id });
  expect(replay).toMatchObject({ mode: "heavy", heavy: plan, budget });
});

test("under one key what was sent is compared, with its limits and its wishes", async () => {
  const request = { question: "How deep?", budget: { calls: 20 }, idempotencyKey: "sent" };
  const run = await asked({ idempotencyKey: "sent", request });
  const again = (more: Record<string, unknown>) =>
    asked({ sessionId: run.sessionId, idempotencyKey: "sent", request: { ...request, ...more } });
  expect((await again({})).id).toBe(run.id);
  await expect(again({ budget: { calls: 19 } })).rejects.toThrow(/idempotencyKey/);
  await expect(again({ whenFull: "compact" })).rejects.toThrow(/idempotencyKey/);
});

test("a hundred calls at once under one key are one run", async () => {
  const { id: sessionId } = await createSession(kernel.db, viewer, "");
  const ids = await Promise.all(
    Array.from({ length: 100 }, () => asked({ sessionId, idempotencyKey: "once", request: { q: 1 } }).then((run) => run.id)),
  );
  expect(new Set(ids).size).toBe(1);
  const [jobs] = await kernel.db.sql`select count(*)::int as n from queue.job where data->>'runId' = ${ids[0] ?? ""}`;
  expect(jobs?.n).toBe(1);
  expect((await kernel.log(ids[0] ?? "")).length).toBe(1);
});

test("more questions than may wait are refused with the time to come back, however many come at once, and leave nothing behind", async () => {
  const other = await openKernel();
  const { id: sessionId } = await createSession(other.db, viewer, "");
  const tries = await Promise.allSettled(
    Array.from({ length: 40 }, () => ask(other.db, other.queue, viewer, { ...question, sessionId }, { mostWaiting: 10 })),
  );
  const refused = tries.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(refused).toHaveLength(30);
  expect(refused[0]).toMatchObject({ code: "too-many", retryAfter: 600 });
  const [rows] = await other.db
    .sql`select (select count(*)::int from runs) as runs, (select count(*)::int from events) as events, (select count(*)::int from queue.job where name = 'runs') as jobs`;
  expect(rows).toEqual({ runs: 10, events: 10, jobs: 10 });
  await other.close();
});
