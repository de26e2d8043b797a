import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type FaultProxy, faultProxy } from "#e2e/support/chaos/fault-proxy.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { type Database, openDatabase, type Patience } from "./client.ts";
import { isOutage } from "./is-outage.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function open(patience: Partial<Patience>, connections = 1): Promise<{ proxy: FaultProxy; db: Database }> {
  const proxy = await faultProxy(database.url);
  const db = openDatabase(proxy.url, { connections, patience: { retryMs: 10, ...patience } });
  onTestFinished(async () => {
    await proxy.close();
    await db.end();
  });
  return { proxy, db };
}
const failureOf = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);

test("a connection that swallows everything is given up, and the next one works", async () => {
  const { proxy, db } = await open({ silentMs: 200, connectMs: 200 });
  await db.sql`select 1`;
  proxy.faults.isBlackhole = true;
  const error = await failureOf(db.sql`select 1`);
  expect(error).toMatchObject({ code: "CONNECTION_LOST" });
  expect(isOutage(error)).toBe(true);
  proxy.faults.isBlackhole = false;
  expect(await db.sql`select 2 as two`).toEqual([{ two: 2 }]);
});

test("a server that is busy for less than the patience is left to work", async () => {
  const { proxy, db } = await open({ silentMs: 400 });
  await db.sql`select pg_sleep(0.3)`;
  await db.sql`select pg_sleep(0.3)`; // the silence is counted for each answer anew
  expect(proxy.open()).toBe(1);
});

test("an idle connection is kept", async () => {
  const { proxy, db } = await open({ silentMs: 50 });
  await db.sql`select 1`;
  const other = openDatabase(database.url);
  await other.sql`select pg_sleep(0.4)`; // eight times the patience
  await other.end();
  expect(proxy.open()).toBe(1);
});

test("a statement that is asked as its connection breaks fails like the one before it, and the answers after it are right", async () => {
  const { proxy, db } = await open({});
  await db.sql`select 1`;
  const next: Promise<unknown>[] = [];
  const first = db.sql`select pg_sleep(20)`.catch(() => {
    next.push(failureOf(db.sql`select 2 as n`));
  });
  const queued = failureOf(db.sql`select 3 as n`);
  await setImmediate();
  proxy.reset();
  await first;
  await Promise.all([...next, queued]);
  expect(await db.sql`select 4 as n`).toEqual([{ n: 4 }]);
  expect(await db.sql`select 5 as n`).toEqual([{ n: 5 }]);
});

test("a server that closes before it says anything is an outage, not an endless try", async () => {
  const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const nowhere = openDatabase(`postgres://nobody@127.0.0.1:${port}/nothing`);
  expect(isOutage(await failureOf(nowhere.sql`select 1`))).toBe(true);
  await nowhere.end();
  server.close();
});

test("a statement ends by its time, and the locks of a transaction that goes on with nothing are freed", async () => {
  const { db } = await open({ statementMs: 200, idleInTransactionMs: 100 }, 2);
  expect(await failureOf(db.sql`select pg_sleep(20)`)).toMatchObject({ code: "57014" });
  const locked = Promise.withResolvers<void>();
  const holding = failureOf(
    db.sql.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(1)`;
      locked.resolve();
      await new Promise(() => {});
    }),
  );
  await locked.promise;
  await db.sql`select pg_advisory_lock(1)`;
  expect(isOutage(await holding)).toBe(true);
});

test("a listener whose connection died in silence hears again", async () => {
  const { proxy, db } = await open({ deafMs: 500 });
  const heard: string[] = [];
  let listens = 0;
  await db.listener.listen(
    "marks",
    (payload) => heard.push(payload),
    () => {
      listens += 1;
    },
  );
  proxy.faults.isBlackhole = true;
  const other = openDatabase(database.url);
  await other.sql.notify("marks", "lost");
  await other.sql`select 1`; // after the notification was sent
  proxy.faults.isBlackhole = false; // what lost bytes stays dead
  await expect.poll(() => listens, { timeout: 5_000 }).toBeGreaterThan(1);
  // Told again and again: where nothing else is said, the connection goes on being opened anew.
  const isHeard = async () => {
    await other.sql.notify("marks", "heard");
    return heard.includes("heard");
  };
  await expect.poll(isHeard, { timeout: 10_000 }).toBe(true);
  expect(heard).not.toContain("lost");
  await other.end();
});

test("a connection can be reserved before the pool has opened any, holds what belongs to it, and is gone when it is released", async () => {
  const { proxy, db } = await open({});
  const held = await db.sql.reserve();
  await held.unsafe("begin; set local statement_timeout = 77");
  expect(await held`show statement_timeout`).toEqual([{ statement_timeout: "77ms" }]);
  expect(await db.sql`show statement_timeout`).toEqual([{ statement_timeout: "12s" }]);
  held.release();
  await expect.poll(proxy.open).toBe(1);
});
