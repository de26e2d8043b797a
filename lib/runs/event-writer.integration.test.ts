import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#db/client.ts";
import { appendEvents, type EventRow } from "#db/queries/events.ts";
import { type FaultProxy, faultProxy } from "#e2e/support/chaos/fault-proxy.ts";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import type { Event, Fact } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import { type EventWriter, eventWriter } from "./event-writer.ts";
import { flushOf } from "./flush-of.ts";
import { type Journal, openJournal } from "./journal.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const text = (lane: string, words: string, step = 1): Fact => ({ type: "text-appended", lane, step, channel: "thought", text: words });
const called = (lane: string, n: number): Fact => ({
  type: "tool-called",
  lane,
  step: 1,
  callId: `${lane}-${n}`,
  tool: "search",
  arguments: { n },
});

interface Desk {
  runId: string;
  proxy: FaultProxy;
  writer: EventWriter;
  journal: Journal;
  told: string[];
}

/** The journal of a fresh run, whose way to the database can be made to fail. */
async function open(mostWaitingBytes?: number): Promise<Desk> {
  const proxy = await faultProxy(kernel.url);
  const db = openDatabase(proxy.url, { connections: 2, patience: { retryMs: 10, silentMs: 200, connectMs: 200 } });
  onTestFinished(async () => {
    await proxy.close();
    void db.end(); // the driver waits two seconds for a connection that broke
  });
  const told: string[] = [];
  const writer = eventWriter(db.sql, {
    onTrouble: () => told.push("trouble"),
    onRecovery: () => told.push("recovery"),
    ...(mostWaitingBytes !== undefined && { mostWaitingBytes }),
  });
  const run = await kernel.ask("Write me");
  const claim = await kernel.claim(run.id);
  return { runId: run.id, proxy, writer, told, journal: openJournal({ ...claim, events: [], lastSeq: 1, writer, onLost: () => {} }) };
}

const stored = async (runId: string): Promise<Event[]> => (await kernel.log(runId)).slice(1);
const textOf = (events: readonly Event[], lane: string) =>
  events.map((event) => (event.type === "text-appended" && event.lane === lane ? event.text : "")).join("");
const seqs = (events: readonly Event[]) => events.map(({ seq }) => seq);

test("sixteen lanes that stream side by side are written as rows of a lane, not of a token", async () => {
  const { journal, writer, runId } = await open();
  const lanes = Array.from({ length: 16 }, (_, lane) => `researcher-${lane + 1}`);
  const tokens = 100;
  for (let n = 0; n < tokens; n++) {
    for (const lane of lanes) void journal.append(text(lane, `${n} `));
    await new Promise((resolve) => setTimeout(resolve, 2)); // the tokens come in time, as from a server
  }
  await writer.settled();
  const events = await stored(runId);
  const whole = Array.from({ length: tokens }, (_, n) => `${n} `).join("");
  for (const lane of lanes) expect(textOf(events, lane)).toBe(whole);
  console.log(`16 lanes × ${tokens} deltas: ${events.length} rows`);
  expect(events.length).toBeLessThan((lanes.length * tokens) / 4);
});

test("text moves behind what other lanes say, never behind a fact of its own", async () => {
  const { journal, writer, proxy, runId } = await open();
  await journal.append(called("a", 0));
  await proxy.down(); // all of this waits together
  void journal.append(text("a", "one "));
  void journal.append(text("b", "x "));
  void journal.append(called("b", 1));
  void journal.append(text("a", "two "));
  void journal.append(called("a", 2));
  void journal.append(text("a", "three"));
  void journal.append(text("b", "y"));
  void journal.append(text("b", "z"));
  await proxy.up();
  await writer.settled();
  const events = await stored(runId);
  expect(
    events.map((event) => ("lane" in event ? `${event.lane}:${event.type === "text-appended" ? event.text : event.type}` : "")),
  ).toEqual(
    // "one" went alone when the outage began: it was on its way
    expect.arrayContaining(["b:tool-called", "a:two ", "a:tool-called", "a:three", "b:yz"]),
  );
  const inLane = (lane: string) => events.filter((event) => "lane" in event && event.lane === lane).map(({ type }) => type);
  expect(inLane("a")).toEqual(["tool-called", "text-appended", "text-appended", "tool-called", "text-appended"]);
  expect(inLane("b")).toEqual(["text-appended", "tool-called", "text-appended"]);
  expect(events.at(-1)?.seq).toBe(journal.lastSeq);
});

test("who reads while lanes stream gets every row once, in the order of its numbers, and the same texts", async () => {
  const { journal, runId } = await open();
  const reading = kernel.follow(runId);
  const lanes = ["a", "b", "c"];
  for (let n = 0; n < 60; n++) {
    for (const lane of lanes) void journal.append(text(lane, `${lane}${n} `));
    if (n % 9 === 4) await journal.append(called(lanes[n % 3] ?? "a", n));
    else await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await journal.append({ type: "run-ended", status: "done", termination: "answer" });
  const seen = await reading;
  const log = await kernel.log(runId);
  expect(seqs(seen)).toEqual(seqs(log));
  expect(runView(seen).rows).toEqual(runView(log).rows);
});

test.each([
  ["away", (proxy: FaultProxy) => proxy.down(), (proxy: FaultProxy) => proxy.up()],
  [
    "silent",
    async (proxy: FaultProxy) => {
      proxy.faults.isBlackhole = true;
    },
    async (proxy: FaultProxy) => {
      proxy.faults.isBlackhole = false;
    },
  ],
])("while the database is %s everything waits; then all of it is there once, and it was told twice", async (_, begin, end) => {
  const { journal, writer, proxy, told, runId } = await open();
  await journal.append(called("a", 0));
  await begin(proxy);
  let stood = 0;
  for (let n = 1; n <= 20; n++) void journal.append(called("a", n)).then(() => stood++);
  await expect.poll(() => told.length, { timeout: 5_000 }).toBeGreaterThan(0);
  expect(stood).toBe(0);
  const back = performance.now();
  await end(proxy);
  await writer.settled();
  console.log(`written again ${Math.round(performance.now() - back)} ms after the database was back`);
  expect(seqs(await stored(runId))).toEqual(Array.from({ length: 21 }, (_, n) => n + 2));
  expect(told.at(-1)).toBe("recovery");
});

test("a commit whose answer was lost is not repeated: every row stands once, under its number", async () => {
  const { journal, writer, proxy, runId } = await open();
  for (let n = 0; n < 3; n++) {
    const lost = proxy.loseAnswerTo(/insert into events/);
    void journal.append(text("a", `${n} `));
    await journal.append(called("a", n));
    await lost;
  }
  await writer.settled();
  const events = await stored(runId);
  expect(textOf(events, "a")).toBe("0 1 2 ");
  expect(events.filter(({ type }) => type === "tool-called")).toHaveLength(3);
  expect(new Set(seqs(events)).size).toBe(events.length);
});

test("cut at any byte of a write, the log is the same", async () => {
  const { journal, writer, proxy, runId } = await open();
  for (let n = 0; n < 8; n++) {
    proxy.faults.cutAfter = { direction: n % 2 === 0 ? "toServer" : "toClient", bytes: 400 + n * 37 };
    proxy.reset();
    const told = journal.append(called("a", n));
    await new Promise((resolve) => setTimeout(resolve, 20));
    proxy.faults.cutAfter = null;
    proxy.reset();
    await told;
  }
  await writer.settled();
  expect(seqs(await stored(runId))).toEqual(Array.from({ length: 8 }, (_, n) => n + 2));
});

test("a flush that is made again, since its acknowledgement was lost, keeps the text of the next try beside the failure of the one before", async () => {
  const run = await kernel.ask("Write me");
  const { runId, epoch } = await kernel.claim(run.id);
  const row = (seq: number, { type, ...data }: Fact): EventRow => ({ runId, epoch, seq, at: new Date().toISOString(), type, data });
  const failed: Fact = { type: "model-failed", lane: "a", step: 1, attempt: 1, reason: "cut-off", detail: "d", retryInMs: 0 };
  await appendEvents(kernel.db.sql, [row(2, text("a", "void"))], []);
  const again = flushOf([row(3, failed), row(4, text("a", "heard"))]);
  for (let time = 0; time < 2; time++) await appendEvents(kernel.db.sql, again.rows, again.prunes);
  expect(await stored(runId)).toMatchObject([
    { seq: 3, type: "model-failed" },
    { seq: 4, text: "heard" },
  ]);
});

test("what waits is bounded: beyond it there is no room, until the database is back", async () => {
  const { journal, writer, proxy, runId } = await open(10_000);
  await journal.append(called("a", 0));
  expect(writer.room()).toBeUndefined();
  await proxy.down();
  let words = 0;
  for (; journal.room() === undefined; words++) void journal.append(text("a", "word "));
  expect(words).toBe(2_001); // 10,000 bytes and the one that went over
  let hasRoom = false;
  const room = journal.room()?.then(() => {
    hasRoom = true;
  });
  expect(hasRoom).toBe(false);
  await proxy.up();
  await room;
  await writer.settled();
  expect(writer.room()).toBeUndefined();
  expect(textOf(await stored(runId), "a")).toBe("word ".repeat(2_001));
});
