import { setImmediate } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { testDatabase } from "../test-database.ts";
import { type FaultProxy, faultProxy } from "./fault-proxy.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  const sql = postgres(database.url, { max: 1 });
  await sql`create table marks (n int primary key)`;
  await sql.end();
});
afterAll(() => database.drop());

// Two: the driver may still hand the next statement to a connection that is breaking.
async function open(max = 2): Promise<{ proxy: FaultProxy; sql: postgres.Sql }> {
  const proxy = await faultProxy(database.url);
  const sql = postgres(proxy.url, { max, connect_timeout: 1, backoff: () => 0.01 });
  onTestFinished(async () => {
    await sql.end({ timeout: 0 });
    await proxy.close();
  });
  return { proxy, sql };
}
const one = (sql: postgres.Sql) => sql`select 1 as one`.then(([row]) => row?.one);

test("left alone, it passes everything on", async () => {
  const { proxy, sql } = await open(4);
  const text = "ä".repeat(200_000);
  const rows = await Promise.all([1, 2, 3, 4].map(() => sql`select ${text}::text as text`));
  expect(rows.map(([row]) => row?.text === text)).toEqual([true, true, true, true]);
  expect(proxy.open()).toBe(4);
});

test("a delay holds both directions up, in order", async () => {
  const { proxy, sql } = await open();
  await one(sql);
  proxy.faults.delayMs = 50;
  const began = performance.now();
  expect(await one(sql)).toBe(1);
  expect(performance.now() - began).toBeGreaterThan(95); // there and back; a timer may come a little early
});

test("a reset ends a statement with an error, and the next connection works", async () => {
  const { proxy, sql } = await open();
  await one(sql);
  const waiting = sql`select pg_sleep(20)`.catch((error: unknown) => error);
  await setImmediate(); // the driver writes at the end of a turn
  proxy.reset();
  expect(await waiting).toMatchObject({ code: "ECONNRESET" });
  expect(await one(sql)).toBe(1);
});

test("down refuses connections, up takes them at the same address", async () => {
  const { proxy, sql } = await open();
  await proxy.down();
  await expect(one(sql)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await proxy.up();
  expect(await one(sql)).toBe(1);
});

test("a black hole answers nothing, and what was in it stays dead", async () => {
  const { proxy, sql } = await open(1);
  await one(sql);
  proxy.faults.isBlackhole = true;
  let answered = false;
  const lost = one(sql).then(
    () => {
      answered = true;
    },
    (error: unknown) => error,
  );
  const other = postgres(proxy.url, { max: 1, connect_timeout: 0.2 });
  await expect(one(other)).rejects.toMatchObject({ code: "CONNECT_TIMEOUT" });
  proxy.faults.isBlackhole = false;
  expect(await one(other)).toBe(1);
  expect(answered).toBe(false);
  proxy.reset();
  expect(await lost).toBeInstanceOf(Error);
  await other.end({ timeout: 0 });
});

test("it cuts after exactly so many bytes, in either direction", async () => {
  for (const direction of ["toServer", "toClient"] as const) {
    const { proxy, sql } = await open();
    proxy.faults.cutAfter = { direction, bytes: 40 };
    await expect(one(sql), direction).rejects.toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|CONNECTION_CLOSED)$/) });
    proxy.faults.cutAfter = null;
    expect(await one(sql)).toBe(1);
  }
});

test("a half-closed connection is noticed by the client", async () => {
  const { proxy, sql } = await open();
  await one(sql);
  const waiting = sql`select pg_sleep(20)`.catch((error: unknown) => error);
  proxy.halfClose();
  expect(await waiting).toMatchObject({ code: "CONNECTION_CLOSED" });
});

test("notifications are left out, answers on the same connection are not", async () => {
  const { proxy, sql } = await open();
  const heard: string[] = [];
  const listening = await sql.listen("marks", (payload) => heard.push(payload));
  proxy.faults.swallowsNotifications = true;
  await sql.notify("marks", "first");
  await expect.poll(proxy.swallowed).toBe(1);
  proxy.faults.swallowsNotifications = false;
  await sql.notify("marks", "second");
  await expect.poll(() => heard).toEqual(["second"]);
  await listening.unlisten();
});

test("an answer is lost after its statement was carried out, prepared before or not", async () => {
  const { proxy, sql } = await open();
  for (const n of [1, 2]) {
    const insert = (value: number) => sql`insert into marks values (${value})`;
    for (let other = 0; other < (n - 1) * 4; other++) await insert(20 + other);
    const lost = proxy.loseAnswerTo(/insert into marks/);
    await expect(insert(n)).rejects.toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|CONNECTION_CLOSED)$/) });
    await lost;
    expect(await sql`select n from marks where n = ${n}`).toHaveLength(1);
  }
});

test("a commit's answer is lost: the transaction stands", async () => {
  const { proxy, sql } = await open();
  const lost = proxy.loseAnswerTo(/^commit$/);
  await expect(sql.begin((transaction) => transaction`insert into marks values (3)`)).rejects.toThrow();
  await lost;
  expect(await sql`select n from marks where n = 3`).toHaveLength(1);
});

test("one connection too many is refused as the server would", async () => {
  const { proxy, sql } = await open();
  proxy.faults.mostConnections = 1;
  const [first, second] = await Promise.allSettled([sql`select pg_sleep(0.1)`, sql`select 1`]);
  expect(first.status).toBe("fulfilled");
  expect(second).toMatchObject({ status: "rejected", reason: { code: "53300" } });
});
