import { afterAll, beforeAll, expect, test } from "vitest";
import { appendEvents, type EventRow, eventsOf } from "#db/queries/events.ts";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import { sealLog } from "./seal-log.ts";
import { storedLog } from "./stored-log.ts";
import { storedPortions } from "./stored-portions.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

/** A claimed run whose log is written as it is given, from number 2 on. */
async function openLog() {
  const run = await kernel.ask("Long");
  const { epoch } = await kernel.claim(run.id);
  let seq = 1;
  const row = (type: string, data: Record<string, unknown>): EventRow => ({
    runId: run.id,
    epoch,
    seq: ++seq,
    type,
    at: new Date(seq * 1000).toISOString(),
    data,
  });
  const called = (n: number) =>
    row("tool-called", { lane: "main", step: n, callId: `main-${n}`, tool: "search", arguments: { text: "x".repeat(n % 90) } });
  return {
    runId: run.id,
    row,
    append: (...rows: EventRow[]) => appendEvents(kernel.db.sql, rows, []),
    prune: (step: number) => {
      const failed = row("model-failed", { lane: "main", step, attempt: 1, reason: "cut", detail: "", retryInMs: null });
      return appendEvents(kernel.db.sql, [failed], [{ runId: run.id, epoch, lane: "main", step, seq: failed.seq }]);
    },
    facts: (count: number) => Array.from({ length: count }, (_, index) => called(index)),
    text: (step: number) => row("text-appended", { lane: "main", step, channel: "thought", text: "live" }),
    lastSeq: () => seq,
    sealedTo: async () =>
      (await kernel.db.sql<{ seq: number }[]>`select coalesce(max(last_seq), 0) as seq from log_segments where run_id = ${run.id}`)[0]?.seq,
  };
}

const jsonOf = async (runId: string) => (await eventsOf(kernel.db.sql, runId)).map((event) => event.json);

test("a sealed log is read byte for byte like its rows, from every cursor, also where a segment is gone", async () => {
  const log = await openLog();
  await log.append(...log.facts(1_150), log.row("run-ended", { status: "done", termination: "answer" }));
  expect(await sealLog(kernel.db.sql, log.runId)).toBe(3);
  expect(await log.sealedTo()).toBe(log.lastSeq());
  const rows = await jsonOf(log.runId);
  for (const after of [0, 1, 2, 499, 500, 501, 777, 1_000, 1_151, 1_152])
    expect(await storedLog(kernel.db.sql, log.runId, after)).toEqual(rows.slice(after));
  await kernel.db.sql`delete from log_segments where run_id = ${log.runId} and first_seq > 1 and last_seq < ${log.lastSeq()}`;
  for (const after of [0, 499, 501, 1_151]) expect(await storedLog(kernel.db.sql, log.runId, after)).toEqual(rows.slice(after));
});

test("nothing is sealed from live text on, and what was pruned is not missed", async () => {
  const log = await openLog();
  await log.append(...log.facts(300), log.text(7), ...log.facts(300));
  expect(await sealLog(kernel.db.sql, log.runId)).toBe(1);
  expect(await log.sealedTo()).toBe(301);
  expect(await sealLog(kernel.db.sql, log.runId)).toBe(0);
  await log.prune(7);
  expect(await sealLog(kernel.db.sql, log.runId)).toBe(1);
  expect(await log.sealedTo()).toBe(log.lastSeq());
  expect(await storedLog(kernel.db.sql, log.runId)).toEqual(await jsonOf(log.runId));
});

test("a few events wait for more, unless the run has ended, whose text that stayed is sealed with it", async () => {
  const log = await openLog();
  await log.append(...log.facts(50));
  expect(await sealLog(kernel.db.sql, log.runId)).toBe(0);
  await log.append(log.text(3), log.row("run-ended", { status: "stopped", termination: "stopped" }));
  expect(await sealLog(kernel.db.sql, log.runId)).toBe(1);
  expect(await storedLog(kernel.db.sql, log.runId)).toEqual(await jsonOf(log.runId));
});

test("several processes that seal the same log at once make each segment once", async () => {
  const log = await openLog();
  await log.append(...log.facts(1_000));
  const made = await Promise.all(Array.from({ length: 4 }, () => sealLog(kernel.db.sql, log.runId)));
  expect(made.reduce((sum, each) => sum + each, 0)).toBe(2);
  expect(await storedLog(kernel.db.sql, log.runId)).toEqual(await jsonOf(log.runId));
});

test("large events make short segments, and readers of the same stretch are given the same bytes", async () => {
  const log = await openLog();
  const noise = () => Array.from({ length: 3_000 }, () => Math.random().toString(36)).join("");
  await log.append(
    ...Array.from({ length: 30 }, () => log.row("run-started", { attempt: 1, worker: noise() })),
    log.row("run-ended", { status: "done", termination: "answer" }),
  );
  expect(await sealLog(kernel.db.sql, log.runId)).toBeGreaterThan(2);
  const first = () => storedPortions(kernel.db.sql, log.runId, 0).next();
  const [one, other] = await Promise.all([first(), first()]);
  expect(one.value.frame).toBe(other.value.frame);
  const inside = () => storedPortions(kernel.db.sql, log.runId, 1).next();
  const [rest, same] = await Promise.all([inside(), inside()]);
  expect(rest.value.events[0].seq).toBe(2);
  expect(rest.value.events).toBe(same.value.events);
});
