import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { providerTurns } from "#db/queries/provider-turns.ts";
import { startFakeSandbox } from "#e2e/support/servers/fake-sandbox.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { parseEnv } from "#lib/env.ts";
import { openPython } from "./open-python.ts";

let db: Database;
let drop: () => Promise<void>;
const { signal } = new AbortController();

beforeAll(async () => {
  const copy = await testDatabase();
  drop = copy.drop;
  db = openDatabase(copy.url, { connections: 2 });
});
afterAll(async () => {
  await db.end();
  await drop();
});

test("a service that asked one worker process for a pause is left alone by all of them", async () => {
  const server = await startFakeSandbox(() => ({ stdout: "1\n" }));
  onTestFinished(() => server.close());
  const parsed = parseEnv({ PYTHON_SANDBOX: "sandboxfusion", SANDBOX_FUSION_URL: server.url });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const { desks } = await openPython(parsed.env, signal, db.sql);
  const job = { code: "print(1)", files: [], timeoutMs: 1_000, memoryMegabytes: 64 };
  expect(await desks[0]?.ask(job, signal)).toMatchObject({ answer: { ok: true } });
  await providerTurns(db.sql).rest("sandboxfusion", 60_000);
  expect(await desks[0]?.ask(job, signal)).toMatchObject({ answer: { ok: false, reason: "rate-limited" }, tries: 0 });
  expect(server.requests).toHaveLength(1);
});
