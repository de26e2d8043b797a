import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "#e2e/support/test-database.ts";
import { type Database, openDatabase } from "./client.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, { connections: 1 });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const hard = ["", "a", "NULL", "null", '"', "\\", "{", "}", ",", " x ", "a\nb", 'ä,{"\\}', '\\"', "''"];

test.each([
  ["text[]", hard],
  ["text[]", []],
  ["text[]", ["a", null, "b"]],
  [
    "text[]",
    [
      ["a", "b"],
      ["c,", "}"],
    ],
  ],
  ["uuid[]", ["6f2b0d0c-0000-4000-8000-000000000001"]],
  ["int[]", [1, -2, 2_147_483_647]],
  ["smallint[]", [1, 2]],
  ["float8[]", [0.5, 1e300]],
  ["bigint[]", ["9007199254740993"]],
])("%s goes there and comes back: %j", async (type, values) => {
  const [row] = await db.sql`select ${values as never}::${db.sql.unsafe(type)} as values`;
  expect(row?.values).toEqual(values);
});

test("arrays of dates, truths and documents are read", async () => {
  const [row] = await db.sql`
    select array['2026-01-01T00:00:00Z'::timestamptz] as dates, array[true, false] as truths, array['{"a": ["}"]}'::jsonb] as documents`;
  expect(row).toEqual({ dates: [new Date("2026-01-01T00:00:00Z")], truths: [true, false], documents: [{ a: ["}"] }] });
});
