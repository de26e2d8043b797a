import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, test } from "vitest";
import { faultProxy } from "#e2e/support/chaos/fault-proxy.ts";
import { type Kernel, openKernelOn } from "#e2e/support/kernel.ts";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { startWorkerProcess } from "#e2e/support/worker-process.ts";
import type { Event } from "#lib/domain/event.ts";

const turns = [
  '<think>I look.</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["velsund harbour depth"]}}\n</tool_call>',
  `<think>${"I weigh it. ".repeat(60)}</think>\n<answer>The harbour of Velsund is nine metres deep.</answer>`,
];

/** A copy of a database as it stands, as a snapshot of its disk would be. Nobody may be connected to it. */
async function snapshot(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const from = new URL(url).pathname.slice(1);
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(Object.assign(new URL(url), { pathname: "/postgres" }).href, { max: 1, onnotice: () => {} });
  // Those whose connection has just gone may take a moment.
  await expect.poll(async () => (await admin`select from pg_stat_activity where datname = ${from}`).length).toBe(0);
  await admin.unsafe(`create database ${name} template ${from}`);
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end({ timeout: 1 });
    },
  };
}

const countOf = (events: readonly Event[], type: Event["type"]) => events.filter((event) => event.type === type).length;

test("a run whose database is backed up in the middle of it ends in the original, which was gone for a moment, and in the restored copy", async () => {
  let isSlow = true;
  const corpus = await mkdtemp(join(tmpdir(), "dossier corpus "));
  const model = await startFakeModel(({ messages }) => {
    const index = messages.filter((message) => message.role === "assistant").length;
    return { kind: "text", text: turns[index] ?? "", ...(index === 1 && isSlow && { msPerToken: 40 }) };
  });
  // The search is answered from the database itself, which holds nothing: a run without a network.
  const settings = {
    SEARCH_PROVIDERS: "corpus",
    CORPUS_DIR: corpus,
    MODEL_BASE_URL: model.url,
    MODEL_NAME: "fake",
    MODEL_DIALECT: "tongyi",
  };
  const database = await testDatabase();
  const proxy = await faultProxy(database.url);
  const original = await openKernelOn({ url: proxy.url, drop: database.drop });
  const worker = startWorkerProcess({ ...settings, DATABASE_URL: original.url });
  await worker.said(/takes runs/);
  const run = await original.ask("How deep is the harbour of Velsund?");
  await original.follow(run.id, (events) => countOf(events, "step-ended") === 1 && events.at(-1)?.type === "text-appended");
  await proxy.down();
  const copy = await snapshot(database.url);
  isSlow = false;
  await proxy.up();

  const restored: Kernel = await openKernelOn(copy);
  const other = startWorkerProcess({ ...settings, DATABASE_URL: restored.url });
  const [there, here] = await Promise.all([restored.follow(run.id), original.follow(run.id)]);
  for (const log of [there, here]) {
    expect(countOf(log, "tool-returned")).toBe(1);
    expect(countOf(log, "step-ended")).toBe(2);
    expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "done" });
  }
  const facts = (log: Event[]) => log.filter(({ type }) => type !== "text-appended").slice(0, 6);
  expect(facts(there)).toEqual(facts(here)); // up to the backup, the very same
  expect(countOf(there, "run-started")).toBe(2);
  expect(countOf(here, "run-started")).toBe(1);
  await Promise.all([worker.kill("SIGKILL"), other.kill("SIGKILL")]);
  await Promise.all([restored.close(), original.close(), model.close(), proxy.close(), rm(corpus, { recursive: true })]);
}, 90_000);
