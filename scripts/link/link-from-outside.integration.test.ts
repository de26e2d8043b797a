import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf, exchangeLaunchLink } from "#db/queries/access.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { linkFromOutside } from "./link-from-outside.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
const folder = mkdtempSync(join(tmpdir(), "link "));
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

test("a link for a further browser is printed in one line, and lets in one", async () => {
  const said = await linkFromOutside({ NODE_ENV: "test", DATABASE_URL: database.url, HOST: "0.0.0.0", PORT: "4321" });
  const [, token = ""] = /^Open http:\/\/127\.0\.0\.1:4321\/launch\/([\w-]{43}) {2}\(.*\)$/.exec(said) ?? [];
  const sql = postgres(database.url, { max: 2 });
  const entered = await Promise.all(Array.from({ length: 5 }, () => exchangeLaunchLink(sql, { id: "somebody" }, token)));
  const [browser, ...others] = entered.filter((each) => each !== null);
  expect(others).toEqual([]);
  expect(await browserOf(sql, browser ?? "")).toEqual({ viewer: { id: "somebody" }, isStale: false });
  await sql.end();
});

test("where no Dossier runs, none is started", async () => {
  await expect(linkFromOutside({ NODE_ENV: "test", DATA_DIR: folder })).rejects.toThrow(`no Dossier runs with its data in ${folder}`);
});
