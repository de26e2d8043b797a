import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import type { Event, Fact } from "#lib/domain/event.ts";
import { eventWriter, Fenced } from "./event-writer.ts";
import { openJournal } from "./journal.ts";
import { tail } from "./tail.ts";
import { TooSlow } from "./too-slow.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const notice = (text: string): Fact => ({ type: "text-appended", lane: "main", step: 1, channel: "thought", text });
const call = (n: number): Fact => ({ type: "tool-called", lane: "main", step: n, callId: `main-${n}`, tool: "search", arguments: { n } });
const end: Fact = { type: "run-ended", status: "done", termination: "answer" };

async function journalOf(runId: string) {
  const claim = await kernel.claim(runId);
  const writer = eventWriter(kernel.db.sql);
  return { writer, journal: openJournal({ ...claim, events: [], lastSeq: 1, writer, onLost: () => {} }) };
}

/** A reader that drops its connection after every portion and comes back with the last id it has. */
async function readWithDrops(runId: string, random: () => number): Promise<Event[]> {
  const seen: Event[] = [];
  for (;;) {
    const after = seen.at(-1)?.seq ?? 0;
    for await (const portion of tail(kernel.db.sql, kernel.hub, runId, after, new AbortController().signal)) {
      seen.push(...portion.map((stored) => JSON.parse(stored.json) as Event));
      if (seen.at(-1)?.type === "run-ended") return seen;
      if (random() < 0.7) break;
    }
  }
}

test("readers that come and go at any moment all get the same log, without gap or repetition", async () => {
  const run = await kernel.ask("Follow me");
  const { journal } = await journalOf(run.id);
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647; // a seeded sequence: a failure repeats
    return state / 2_147_483_647;
  };
  const readers = Array.from({ length: 8 }, () => readWithDrops(run.id, random));
  for (let n = 1; n <= 60; n++) await journal.append(call(n));
  await journal.append(end);
  const log = await kernel.log(run.id);
  expect(log).toHaveLength(62);
  for (const seen of await Promise.all(readers)) expect(seen).toEqual(log);
});

test("deltas arrive while a thought is live, and are gone once it has ended", async () => {
  const run = await kernel.ask("Think");
  const { journal } = await journalOf(run.id);
  const firstDelta = kernel.follow(run.id, (events) => events.some((event) => event.type === "text-appended"));
  void journal.append(notice("I "));
  await firstDelta;
  void journal.append(notice("think"));
  await journal.append({
    type: "step-ended",
    lane: "main",
    step: 1,
    thought: "I think",
    raw: "<think>I think</think>",
    move: { kind: "none" },
    usage: null,
    finishReason: "stop",
    firstTextMs: 1,
    durationMs: 2,
  });
  expect((await kernel.log(run.id)).map((event) => event.type)).toEqual(["run-queued", "step-ended"]);
  await journal.append(end);
});

test("many deltas of one moment become one row", async () => {
  const run = await kernel.ask("Fast");
  const { journal } = await journalOf(run.id);
  const appended = Array.from({ length: 500 }, (_, index) => journal.append(notice(`${index} `)));
  await Promise.all(appended);
  const log = await kernel.log(run.id);
  expect(log.length).toBeLessThan(5);
  expect(log.flatMap((event) => (event.type === "text-appended" ? [event.text] : [])).join("")).toBe(
    Array.from({ length: 500 }, (_, index) => `${index} `).join(""),
  );
});

test("a reader that does not read is let go, and can come back for everything", async () => {
  const run = await kernel.ask("Slow");
  const { journal } = await journalOf(run.id);
  const reader = tail(kernel.db.sql, kernel.hub, run.id, 0, new AbortController().signal);
  await reader.next();
  const waiting = reader.next();
  const big = (n: number): Fact => ({
    type: "tool-called",
    lane: "main",
    step: n,
    callId: `main-${n}`,
    tool: "search",
    arguments: { text: "x".repeat(200_000) },
  });
  await journal.append(big(1));
  await waiting;
  // Each time the hub has handed it out before there is more: the reader is given several portions and takes none.
  for (let n = 2; n <= 5; n++) {
    await journal.append(big(n));
    await kernel.follow(run.id, (events) => events.length === n + 1);
  }
  await expect(drain(reader)).rejects.toThrow(TooSlow);
  await journal.append(end);
  expect(await kernel.follow(run.id)).toHaveLength(7);
});

async function drain(reader: AsyncGenerator<unknown>): Promise<void> {
  for await (const _ of reader);
}

test("text that Postgres cannot hold is stored without what it cannot hold", async () => {
  const run = await kernel.ask("Odd");
  const { journal } = await journalOf(run.id);
  await journal.append({ ...call(1), arguments: { text: "nul \0 and half \ud800 a pair, a literal \\u0000 stays" } } as Fact);
  expect((await kernel.log(run.id)).at(-1)).toMatchObject({ arguments: { text: "nul  and half \ufffd a pair, a literal \\u0000 stays" } });
});

test("an outage of the database delays the log and loses nothing", async () => {
  const run = await kernel.ask("Outage");
  const { journal } = await journalOf(run.id);
  await journal.append(call(1));
  const portions = tail(kernel.db.sql, kernel.hub, run.id, 0, new AbortController().signal);
  const stored = (await portions.next()).value ?? [];
  const live = portions.next(); // the stored part is read: from here on the hub follows
  await kernel.db
    .sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await Promise.all([2, 3, 4].map((n) => journal.append(call(n))));
  await journal.append(end);
  const seen = [...stored, ...((await live).value ?? [])];
  for await (const portion of portions) seen.push(...portion);
  expect(seen.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("of two claims of one run in the same flush only the newer one's rows are written", async () => {
  const run = await kernel.ask("Twice claimed");
  const older = await kernel.claim(run.id);
  const newer = await kernel.claim(run.id);
  const writer = eventWriter(kernel.db.sql);
  const open = (claim: typeof older) => openJournal({ ...claim, events: [], lastSeq: claim === older ? 1 : 2, writer, onLost: () => {} });
  const [stale, current] = await Promise.allSettled([open(older).append(call(1)), open(newer).append(call(2))]);
  expect(stale).toMatchObject({ status: "rejected", reason: expect.any(Fenced) });
  expect(current.status).toBe("fulfilled");
  expect((await kernel.log(run.id)).map((event) => event.seq)).toEqual([1, 3]);
});

test("nothing is appended to a run that has ended", async () => {
  const run = await kernel.ask("Ended");
  const { journal } = await journalOf(run.id);
  await kernel.db.sql`update runs set status = 'done' where id = ${run.id}`;
  await expect(journal.append(call(1))).rejects.toThrow(Fenced);
  expect(await kernel.log(run.id)).toHaveLength(1);
});
