import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import type { Fact } from "#lib/domain/event.ts";
import { eventWriter } from "./event-writer.ts";
import { feedRun, headFor, type Outlet } from "./feed-run.ts";
import { openHub } from "./hub.ts";
import { openJournal } from "./journal.ts";
import { bytesOfSeveral, plainBytes } from "./portion.ts";
import { sharedRead } from "./shared-read.ts";
import { TooSlow } from "./too-slow.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const call = (n: number, text = ""): Fact => ({
  type: "tool-called",
  lane: "main",
  step: n,
  callId: `main-${n}`,
  tool: "search",
  arguments: { text },
});
const end: Fact = { type: "run-ended", status: "done", termination: "answer" };

async function openRun() {
  const run = await kernel.ask("Who follows?");
  const claim = await kernel.claim(run.id);
  return {
    runId: run.id,
    journal: openJournal({ ...claim, events: [], lastSeq: 1, writer: eventWriter(kernel.db.sql), onLost: () => {} }),
  };
}

/** A reader that keeps the very bytes it is sent, and takes them at once. */
function reader() {
  const got: Buffer[] = [];
  const outlet: Outlet = {
    signal: new AbortController().signal,
    waiting: () => 0,
    drained: async () => {},
    send(portion) {
      got.push(plainBytes(portion));
    },
  };
  return { got, outlet };
}

test("a thousand readers who come back at once are read for once, and are sent the same bytes", async () => {
  const { runId, journal } = await openRun();
  for (let n = 1; n <= 300; n++) void journal.append(call(n));
  await journal.append(call(301));
  let reads = 0;
  const sql = postgres(kernel.url, { max: 4, debug: (_, query) => (reads += /from events|log_segments/.test(query) ? 1 : 0) });
  const hub = await openHub(sql, kernel.db.listener);
  const readers = Array.from({ length: 1_000 }, reader);
  const feeds = readers.map(async ({ outlet }) => feedRun({ sql, hub, runId, after: 290, head: await headFor(sql, runId, 290) }, outlet));
  await expect.poll(() => readers.every(({ got }) => got.length > 0)).toBe(true);
  await journal.append(end);
  await Promise.all(feeds);
  expect(reads).toBeLessThan(40);
  const [first, ...others] = readers;
  const text = Buffer.concat(first?.got ?? []).toString();
  expect(text).toMatch(/^id: 291\n/);
  expect(text).toContain("event: run-ended");
  for (const { got } of others) expect(got.at(-1)).toBe(first?.got.at(-1));
  for (const { got } of others) expect(Buffer.concat(got).toString()).toBe(text);
  await hub.close();
  await sql.end();
});

test("a reader that takes nothing is dropped beyond what may wait, and the others have everything", async () => {
  const { runId, journal } = await openRun();
  const head = await headFor(kernel.db.sql, runId, 0);
  const stalled = reader();
  const size = () => stalled.got.reduce((sum, bytes) => sum + bytes.length, 0);
  const healthy = reader();
  const feed = (outlet: Outlet) => feedRun({ sql: kernel.db.sql, hub: kernel.hub, runId, after: 0, head }, outlet);
  const dropped = expect(feed({ ...stalled.outlet, waiting: size })).rejects.toThrow(TooSlow);
  const served = feed(healthy.outlet);
  for (let n = 1; n <= 80; n++) await journal.append(call(n, "x".repeat(10_000)));
  await dropped;
  await journal.append(end);
  await served;
  expect(size()).toBeLessThan(300 * 1024);
  expect(Buffer.concat(healthy.got).toString().match(/^id: /gm)).toHaveLength(82);
});

test("a cursor is refused only by a log that was read after it came: one read for somebody before may be older than the event it names", async () => {
  const { runId, journal } = await openRun();
  const { sql } = kernel.db;
  const older = Promise.withResolvers<{ seq: number; ended: boolean }>();
  void sharedRead(sql, `head ${runId}`, () => older.promise);
  await journal.append(call(1));
  const head = headFor(sql, runId, 2);
  older.resolve({ seq: 1, ended: false });
  expect(await head).toEqual({ seq: 2, ended: false });
  await expect(headFor(sql, runId, 3)).rejects.toThrow("beyond this run's log");
});

test("in a stream of several runs each id names its run", async () => {
  const { runId, journal } = await openRun();
  await journal.append(call(1));
  await journal.append(end);
  const got: string[] = [];
  const { outlet } = reader();
  const send: Outlet["send"] = (portion) => void got.push(bytesOfSeveral(portion).toString());
  await feedRun(
    { sql: kernel.db.sql, hub: kernel.hub, runId, after: 1, head: await headFor(kernel.db.sql, runId, 1) },
    { ...outlet, send },
  );
  expect([...got.join("").matchAll(/^id: (.*)\ndata: (.*)\n\n/gm)].map(([, id, json]) => [id, JSON.parse(json ?? "").type])).toEqual([
    [`${runId}:2`, "tool-called"],
    [`${runId}:3`, "run-ended"],
  ]);
});
