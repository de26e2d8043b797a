import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "./client.ts";
import { migrateDatabase } from "./migrate.ts";
import { livingWorkers } from "./queries/workers.ts";
import { openQueue } from "./queue.ts";

/** A database with nothing in it at all. */
async function emptyDatabase(): Promise<string> {
  const admin = postgres(Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ""), { pathname: "/postgres" }).href, {
    max: 1,
    onnotice: () => {},
  });
  const name = `test_${randomBytes(6).toString("hex")}`;
  await admin.unsafe(`create database ${name}`);
  onTestFinished(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end({ timeout: 1 });
  });
  return Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ""), { pathname: `/${name}` }).href;
}

test("six first starts at once on an empty database migrate it once, and each of them can work then", async () => {
  const url = await emptyDatabase();
  const starts = await Promise.all(
    Array.from({ length: 6 }, async () => {
      await migrateDatabase(url);
      const db = openDatabase(url, { connections: 1 });
      const queue = await openQueue(db.queue, "sender");
      return { db, queue };
    }),
  );
  for (const { db, queue } of starts) {
    const applied = await db.sql<{ times: number }[]>`select count(*)::int as times from drizzle.__drizzle_migrations group by hash`;
    expect(applied.length).toBeGreaterThan(5);
    expect(applied.every(({ times }) => times === 1)).toBe(true);
    expect(await livingWorkers(db.sql)).toBe(0);
    await queue.stop({ graceful: false });
    await db.end();
  }
});
