import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "#e2e/support/test-database.ts";
import { isMigrated } from "./is-migrated.ts";

test("a database is up to date when it has the newest migration, and not when it lacks it or all of them", async () => {
  const { url, drop } = await testDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  expect(await isMigrated(url)).toBe(true);
  await sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`;
  expect(await isMigrated(url)).toBe(false);
  await sql`drop schema drizzle cascade`;
  expect(await isMigrated(url)).toBe(false);
  await sql.end({ timeout: 1 });
  await drop();
});
