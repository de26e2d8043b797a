import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { openDatabase } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { appendEvents, type EventRow } from "#db/queries/events.ts";
import { createSession } from "#db/queries/sessions.ts";
import { startDossier } from "#e2e/support/dossier.ts";
import { letInContextsOf } from "#e2e/support/let-in.ts";

/**
 * A live run with 5,000 events in its log is opened in Chromium, then 200 deltas a second arrive for four seconds, each a row of its own
 * (the writer would merge them into 25). Counts the tasks over 50 ms on the main thread, while the page loads and while it streams.
 *
 *   node bench/trace-page.ts [--browser /usr/bin/chromium]
 */
const eventCount = 5_000;
const seconds = 4;
const deltasPerSecond = 200;
const { values } = parseArgs({ options: { browser: { type: "string", default: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium" } } });

await using house = new AsyncDisposableStack();
const dataDir = await mkdtemp(join(tmpdir(), "dossier-bench-db-"));
await chmod(dataDir, 0o755);
house.defer(() => rm(dataDir, { recursive: true, force: true }));
const postgres = await startEmbedded({ dataDir });
house.defer(() => postgres.stop());
const dossier = await startDossier({ DATABASE_URL: postgres.url });
house.defer(() => dossier.stop());
const db = openDatabase(postgres.url);
house.defer(() => db.end());
const runId = randomUUID();
const session = await createSession(db, { id: "local" }, "A long run");
const budget = { calls: 1000, minutes: 1000 };
// Dated ahead: a run without a job is otherwise brought to a worker after ten seconds.
await db.sql`insert into runs (id, session_id, question, mode, status, budget, usage, epoch, created_at) values (${runId}, ${session.id}, 'A long run?', 'react', 'running', ${db.sql.json(budget)}, ${db.sql.json({ calls: 0, promptTokens: 0, completionTokens: 0 })}, 1, now() + interval '1 day')`;

let seq = 0;
const row = (type: string, data: Record<string, unknown>): EventRow => ({
  runId,
  epoch: 1,
  seq: ++seq,
  type,
  at: new Date().toISOString(),
  data,
});
const rows = [
  row("run-queued", { question: "A long run?", mode: "react", budget }),
  row("run-started", { attempt: 1, worker: "bench", model: { dialect: "tongyi", name: "bench", window: 131_072 }, systemPrompt: "" }),
];
for (let step = 1; rows.length < eventCount; step++) rows.push(...stepOf(step));
for (let start = 0; start < rows.length; start += 500) await appendEvents(db.sql, rows.slice(start, start + 500), []);
const live = 1 + Math.ceil((eventCount - 2) / 3);

const browser = await chromium.launch({
  executablePath: values.browser,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
house.defer(() => browser.close());
letInContextsOf(browser);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.addInitScript(() => {
  const tasks: { start: number; duration: number }[] = [];
  Object.assign(window, { tasks });
  new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ start: startTime, duration }))),
  ).observe({ type: "longtask", buffered: true });
});
await page.goto(`${dossier.url}/sessions/${session.id}`);
await page
  .getByText(/step \d+/)
  .first()
  .waitFor();
await pause(2_000); // hydration and the first read of the stream are the load, what follows is the stream
const loaded = await page.evaluate(() => performance.now());

const began = performance.now();
for (let sent = 0; sent < seconds * deltasPerSecond; ) {
  const due = Math.min(seconds * deltasPerSecond, Math.floor(((performance.now() - began) / 1000) * deltasPerSecond));
  const batch = Array.from({ length: due - sent }, (_, index) =>
    row("text-appended", { lane: "main", step: live, channel: "thought", text: wordOf(sent + index) }),
  );
  if (batch.length > 0) await appendEvents(db.sql, batch, []);
  sent = due;
  await pause(40);
}
await page
  .getByText(`word${seconds * deltasPerSecond - 1}`)
  .first()
  .waitFor();
const { tasks, nodes } = await page.evaluate(() => ({
  tasks: (window as unknown as { tasks: { start: number; duration: number }[] }).tasks,
  nodes: document.querySelectorAll("*").length,
}));
const words = (part: typeof tasks) =>
  `${part.length} tasks over 50 ms${part.length ? `, longest ${Math.round(Math.max(...part.map((task) => task.duration)))} ms` : ""}`;
console.log(`load of ${eventCount} events: ${words(tasks.filter((task) => task.start < loaded))}`);
console.log(
  `${seconds} s of ${deltasPerSecond} deltas a second: ${words(tasks.filter((task) => task.start >= loaded))}; ${nodes} nodes in the page`,
);

/** A step as runs have them: a thought, a search with ten hits, what it returned. */
function stepOf(step: number): EventRow[] {
  const place = { lane: "main", step };
  const call = { ...place, callId: `main-${step}` };
  const hits = Array.from({ length: 10 }, (_, index) => ({
    title: `Result ${step}.${index}`,
    url: `https://site${index}.example/${step}`,
    site: `site${index}.example`,
    snippet: "A snippet of some length about the matter at hand, as search engines give them.",
  }));
  const thought = `Step ${step}: the last results name two reports. ${"I compare what they say about the years in question. ".repeat(6)}`;
  return [
    row("step-ended", {
      ...place,
      thought,
      raw: `<think>${thought}</think>`,
      move: { kind: "call", tool: "search", arguments: { query: [`query ${step}`] } },
      usage: { promptTokens: 1000 + step, completionTokens: 100 },
      finishReason: "stop",
      firstTextMs: 100,
      durationMs: 2_000,
    }),
    row("tool-called", { ...call, tool: "search", arguments: { query: [`query ${step}`] } }),
    row("tool-returned", {
      ...call,
      outcome: { kind: "ok", text: hits.map((hit) => hit.snippet).join("\n") },
      details: { kind: "search", queries: [{ query: `query ${step}`, provider: "searxng", hits, attempts: [] }] },
      provider: "searxng",
      attempts: [],
      cacheHit: false,
      durationMs: 700,
      sourceIds: [],
    }),
  ];
}

/** A word of a thought in Markdown: paragraphs, emphasis, a list now and then, as models write. */
function wordOf(index: number): string {
  const end = index % 40 === 39 ? "\n\n" : index % 17 === 16 ? "\n- " : " ";
  return `${index % 9 === 0 ? `**word${index}**` : `word${index}`}${end}`;
}
