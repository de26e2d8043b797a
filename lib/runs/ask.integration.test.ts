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
  const refused = /another question, another mode or other files/;
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
