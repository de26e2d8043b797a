import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { openBenchHouse } from "./support/bench-house.ts";
import { quantile } from "./support/numbers.ts";

/**
 * What becomes of the work that gets done when three times as much is asked for as can be: questions come at a fixed rate, whether or not the ones
 * before were answered.
 *
 *   node bench/overload.ts [--places 8] [--waiting 16] [--seconds 20] [--times 3]
 *
 * First the capacity: as many runs as there are places and room to wait, each followed by the next. Then the same at `times` that rate. Prints
 * runs done a second in both and their ratio, what the excess was told and how fast, and how long after the rush a question starts as fast as before it.
 */
const { values } = parseArgs({
  options: {
    places: { type: "string", default: "8" },
    waiting: { type: "string", default: "16" },
    seconds: { type: "string", default: "20" },
    times: { type: "string", default: "3" },
  },
});
const places = Number(values.places);
const windowMs = Number(values.seconds) * 1000;
const warmMs = 4_000;

await using house = new AsyncDisposableStack();
const text = `<think>\n${"I weigh what is known of it. ".repeat(8)}\n</think>\n<answer>\nIt is nine metres deep.\n</answer>`;
const model = await startFakeModel(() => ({ kind: "text", text, msPerToken: 10 }), { name: "bench" });
house.defer(() => model.close());
const { dossier, sql } = await openBenchHouse(house, {
  MODEL_BASE_URL: model.url,
  MODEL_NAME: "bench",
  MODEL_DIALECT: "tongyi",
  MODEL_MAX_REQUESTS: "1000",
  WORKER_CONCURRENCY: String(places),
  MAX_WAITING_RUNS: values.waiting,
});

const post = (path: string, body: object) =>
  dossier.fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const sessions = await Promise.all(
  Array.from({ length: 50 }, async () => ((await (await post("/api/sessions", {})).json()) as { session: { id: string } }).session.id),
);
let asked = 0;
const ask = () => post(`/api/sessions/${sessions[asked++ % sessions.length]}/runs`, { question: `Question ${asked}` });
const done = async () => {
  const [row] = await sql<{ done: number }[]>`select count(*)::int as done from runs where status = 'done'`;
  return row?.done ?? 0;
};

async function goodput(): Promise<number> {
  await pause(warmMs);
  const [before, began] = [await done(), performance.now()];
  await pause(windowMs);
  return ((await done()) - before) / ((performance.now() - began) / 1000);
}

/** Seconds from a question to the start of its run. */
async function startDelay(): Promise<number> {
  const { run } = (await (await ask()).json()) as { run?: { id: string } };
  if (!run) return Number.POSITIVE_INFINITY;
  for (;;) {
    const [row] = await sql<{ delay: number }[]>`
      select extract(epoch from started.at - runs.created_at)::float8 as delay from runs join events started on started.run_id = runs.id and started.type = 'run-started' where runs.id = ${run.id}`;
    if (row) return row.delay;
    await pause(10);
  }
}

const idle = quantile(await Promise.all([startDelay(), startDelay()]), 0.5);

// As many as there is room for: whoever is refused, or done, asks again.
let saturating = true;
const crowd = Array.from({ length: places + Number(values.waiting) }, async () => {
  while (saturating) if (!(await ask()).ok) await pause(50);
});
const capacity = await goodput();
saturating = false;
await Promise.all(crowd);

const refusals: { ms: number; after: number }[] = [];
const otherAnswers = new Map<number, number>();
let failed = 0;
const everyMs = 1000 / (capacity * Number(values.times));
let rushing = true;
const rush = (async () => {
  for (let next = performance.now(); rushing; next += everyMs) {
    await pause(Math.max(0, next - performance.now()));
    const began = performance.now();
    void ask().then(
      (response) => {
        if (response.status === 429) refusals.push({ ms: performance.now() - began, after: Number(response.headers.get("retry-after")) });
        else otherAnswers.set(response.status, (otherAnswers.get(response.status) ?? 0) + 1);
      },
      () => {
        failed += 1;
      },
    );
  }
})();
const rushed = await goodput();
rushing = false;
await rush;
const over = performance.now();
for (let delay = Number.POSITIVE_INFINITY; delay > Math.max(0.1, idle * 2); ) {
  delay = await startDelay();
  await pause(100);
}
const back = (performance.now() - over) / 1000;

console.log(
  `capacity ${capacity.toFixed(1)} runs a second; at ${values.times} times that rate ${rushed.toFixed(1)}: ratio ${(rushed / capacity).toFixed(3)}`,
);
const ms = refusals.map((each) => each.ms);
console.log(
  `429: ${refusals.length}, all with Retry-After: ${refusals.every(({ after }) => after > 0)}, told within p50 ${quantile(ms, 0.5).toFixed(0)}, p99 ${quantile(ms, 0.99).toFixed(0)} ms; others ${JSON.stringify([...otherAnswers])}, failed ${failed}`,
);
console.log(`a question starts as fast as before the rush (${(idle * 1000).toFixed(0)} ms) ${back.toFixed(1)} s after it`);
