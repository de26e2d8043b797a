import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { getRun } from "#db/queries/runs.ts";
import { manualStops, openKernelOn, viewer } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import type { Model } from "#lib/model/model.ts";
import { work } from "#lib/runs/work.ts";
import { median, quantile } from "./support/numbers.ts";
import { openDatabaseFor } from "./support/open-database.ts";

/**
 * What the loop itself costs in a step: the time between the end of a call and the next question to the model, and between the model's last word and
 * the beginning of its call, with a model that thinks for 100 ms and a tool that answers at once, on a real Postgres that waits for its disk. The
 * writer allows a process thirty commits a second, and a step has two: with a model that takes no time at all, that is what a step takes.
 *
 *   node bench/step-overhead.ts [--steps 100] [--runs 3] [--think 100]
 *
 * Prints p50 and p95 of a step in milliseconds, and how much longer the last steps take than the first. The floor beside it is one commit of one row.
 */
const { values } = parseArgs({
  options: { steps: { type: "string", default: "100" }, runs: { type: "string", default: "3" }, think: { type: "string", default: "100" } },
});
const thinkMs = Number(values.think);
const steps = Number(values.steps);

await using house = new AsyncDisposableStack();
const { url } = await openDatabaseFor(house);
const kernel = await openKernelOn({ url, drop: async () => {} });
house.defer(() => kernel.close());
const observation = "A page about the harbour of Velsund, its depth and its dredging. ".repeat(60);

/** Milliseconds of each step from one question to the model to the next, without those that the model thought. */
async function oneRun(): Promise<number[]> {
  const times: number[] = [];
  const thoughts: number[] = [];
  const model: Model = {
    card: { dialect: "tongyi", name: "bench", window: null },
    dialect: tongyi,
    source: {
      async *complete() {
        const n = times.push(performance.now());
        const began = performance.now();
        if (thinkMs > 0) await pause(thinkMs);
        thoughts.push(performance.now() - began);
        const text =
          n > steps
            ? "<think>\nDone.\n</think>\n<answer>\nNine metres.\n</answer>"
            : `<think>\nStep ${n}.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["harbour ${n}"]}}\n</tool_call>`;
        yield { kind: "text", text };
        yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
      },
    },
  };
  const run = await kernel.ask("How deep?", { calls: steps + 5, minutes: 60 });
  const shop = kernel.shop({ model, tools: [scriptedTool("search", () => observation)] });
  await work(shop, await kernel.claim(run.id), manualStops());
  if ((await getRun(kernel.db.sql, viewer, run.id))?.status !== "done") throw new Error("The run did not end well");
  return times.slice(1).map((at, n) => at - (times[n] ?? at) - (thoughts[n] ?? 0));
}

async function commits(count: number): Promise<number[]> {
  await kernel.db.sql`create table if not exists floor (n int)`;
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    await kernel.db.sql`insert into floor values (${n})`;
    times.push(performance.now() - began);
  }
  return times;
}

await oneRun(); // for warmth
const all: number[][] = [];
const floor: number[] = [];
for (let n = 0; n < Number(values.runs); n++) {
  floor.push(...(await commits(50)));
  all.push(await oneRun());
}
const flat = all.flat();
const early = median(all.flatMap((run) => run.slice(2, 12)));
const late = median(all.flatMap((run) => run.slice(-10)));
console.log(
  `a step, two durable facts in it: p50 ${median(flat).toFixed(1)} ms, p95 ${quantile(flat, 0.95).toFixed(1)} ms; a commit of one row p50 ${median(floor).toFixed(1)} ms`,
);
console.log(`steps ${steps - 9}–${steps} ÷ steps 3–12: ${(late / early).toFixed(2)}`);
