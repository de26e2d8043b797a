import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { providerTurns } from "#db/queries/provider-turns.ts";
import { forgetExpired, toolCache } from "#db/queries/tool-cache.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { deskOf } from "./desk.ts";
import type { Turns } from "./turns.ts";
import { withTurns } from "./with-turns.ts";

/** Two worker processes, as far as the database can tell. */
let processes: [Database, Database];
let drop: () => Promise<void>;
const signal = new AbortController().signal;

beforeAll(async () => {
  const copy = await testDatabase();
  drop = copy.drop;
  processes = [openDatabase(copy.url, { connections: 4 }), openDatabase(copy.url, { connections: 4 })];
});
afterAll(async () => {
  for (const each of processes) await each.end();
  await drop();
});
const turnsOf = (index: 0 | 1) => providerTurns(processes[index].sql);

test("so many at a time, whichever process asks", async () => {
  let now = 0;
  let most = 0;
  const both = Promise.withResolvers<void>();
  const sentAway = Promise.withResolvers<void>();
  const provider = deskOf("two-at-a-time", async (): Promise<Answer<string>> => {
    most = Math.max(most, ++now);
    if (now === 2) both.resolve();
    await Promise.all([both.promise, sentAway.promise]); // nobody leaves before two are in and a third was sent away
    now--;
    return { ok: true, value: "x" };
  });
  const watched = (turns: Turns): Turns => ({
    ...turns,
    async sit(...wish) {
      const seat = await turns.sit(...wish);
      if (!seat) sentAway.resolve();
      return seat;
    },
  });
  const desks = ([0, 1] as const).map((index) => withTurns(provider, { manners: { atOnce: 2 }, turns: watched(turnsOf(index)) }));
  const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => desks[index % 2]?.ask(String(index), signal)));
  expect(answers.every((each) => each?.answer?.ok)).toBe(true);
  expect(most).toBe(2);
});

test("a seat that its process left by dying is free when its time has passed, and a late leave takes nobody's", async () => {
  const [one, other] = [turnsOf(0), turnsOf(1)];
  const dead = await one.sit("one-seat", 1, 60_000);
  expect(await other.sit("one-seat", 1, 60_000)).toBeNull();
  await processes[0].sql`update provider_seats set until = now() - interval '1 s' where service = 'one-seat'`;
  const taken = await other.sit("one-seat", 1, 60_000);
  expect(taken).not.toBeNull();
  await dead?.leave();
  expect(await one.sit("one-seat", 1, 60_000)).toBeNull();
  await taken?.leave();
  expect(await one.sit("one-seat", 1, 60_000)).not.toBeNull();
});

test("one after the other with time between them, and nothing is reserved that is too far away", async () => {
  const [one, other] = [turnsOf(0), turnsOf(1)];
  expect(await one.reserve("paced", 60_000, 90_000)).toBe(0);
  const second = await other.reserve("paced", 60_000, 90_000);
  expect(second).toBeGreaterThan(0);
  expect(second).toBeLessThanOrEqual(60_000);
  expect(await one.reserve("paced", 60_000, 90_000)).toBeNull();
  expect(await one.reserve("paced", 60_000, 130_000)).toBeGreaterThan(60_000);
});

test("who says 'too many requests' gets a rest from all processes", async () => {
  const limited = deskOf(
    "limited",
    async (): Promise<Answer<string>> => ({ ok: false, reason: "rate-limited", detail: "HTTP 429", retryAfterMs: 60_000 }),
  );
  await withTurns(limited, { manners: { atOnce: 1 }, turns: turnsOf(0) }).ask("q", signal);
  const other = await withTurns(limited, { manners: { atOnce: 1 }, turns: turnsOf(1) }).ask("q", signal);
  expect(other).toMatchObject({ answer: { ok: false, reason: "rate-limited", detail: expect.stringContaining("next turn") }, tries: 0 });
});

test("the cache keeps text of any kind for its time", async () => {
  const [one, other] = processes.map((each) => toolCache(each.sql));
  const value = JSON.stringify(["新港 \0 \ud800 </tool_response>"]);
  await one?.put({ key: "k", tool: "t", value, lifetimeMs: 60_000 });
  expect(await other?.get("k")).toBe(value);
  await other?.put({ key: "k", tool: "t", value: '"new"', lifetimeMs: 60_000 });
  expect(await one?.get("k")).toBe('"new"');
  await one?.put({ key: "old", tool: "t", value: "1", lifetimeMs: -1 });
  expect(await other?.get("old")).toBeNull();
  const { sql } = processes[0];
  await forgetExpired(sql);
  expect(await sql`select key from tool_cache`).toMatchObject([{ key: "k" }]);
});
