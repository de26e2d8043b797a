import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { FanOutAnswer, FanOutRequest } from "./support/bare-fan-out.ts";
import { openBenchHouse } from "./support/bench-house.ts";
import { startBenchChild } from "./support/child.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { endOf, ownRun } from "./support/long-log.ts";
import type { ReadersAnswer, ReadersRequest } from "./support/many-readers.ts";
import { residentMegabytes } from "./support/memory.ts";
import { median } from "./support/numbers.ts";

/**
 * A thousand followers of one run that is written 25 times a second: CPU of the web process and of Postgres, against a bare server that writes as many bytes as
 * often to as many sockets (taken twice a round, A/A). Then 50 readers that take nothing while 20 MB are written: what the web process grows by.
 *
 *   node bench/followers.ts [--followers 1000] [--seconds 10] [--rounds 3]
 */
const { values } = parseArgs({
  options: {
    followers: { type: "string", default: "1000" },
    seconds: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
  },
});
const followers = Number(values.followers);
const everyMs = 40;
const times = (Number(values.seconds) * 1000) / everyMs;

await using house = new AsyncDisposableStack();
const { dossier, sql, processes } = await openBenchHouse(house, {});
const readers = startBenchChild<ReadersRequest, ReadersAnswer>("./many-readers.ts");
house.defer(() => readers.end());
const bare = startBenchChild<FanOutRequest, FanOutAnswer>("./bare-fan-out.ts");
house.defer(() => bare.end());
const started = await bare.ask({ kind: "start" });
if (!("url" in started)) throw new Error("The bare server did not start");
const bareUrl = started.url;

const delta = { lane: "main", step: 1, channel: "thought", text: "some words " };
interface Spent {
  web: number;
  postgres: number;
  portionBytes: number;
}

async function dossierOnce(): Promise<Spent> {
  const run = await ownRun(sql);
  await run.append(run.row("run-queued", { question: "?", mode: "react", budget: { calls: 1, minutes: 1 } }));
  await readers.ask({ kind: "open", url: dossier.url, path: `/api/runs/${run.runId}/events`, readers: followers, stalled: false });
  await pause(1_000); // connecting is not what is measured
  const { web, postgres } = processes();
  const before = { web: cpuSeconds(web), postgres: cpuSeconds(postgres), bytes: (await readers.ask({ kind: "bytes" })).bytes };
  for (let n = 0; n < times; n++) {
    const due = performance.now() + everyMs;
    await run.append(run.row("text-appended", delta));
    await pause(Math.max(0, due - performance.now()));
  }
  await pause(500);
  const spent = { web: cpuSeconds(web) - before.web, postgres: cpuSeconds(postgres) - before.postgres };
  const arrived = (await readers.ask({ kind: "bytes" })).bytes - before.bytes;
  await run.append(endOf(run));
  await readers.ask({ kind: "close" });
  return { ...spent, portionBytes: Math.round(arrived / followers / times) };
}

async function bareOnce(size: number): Promise<number> {
  await readers.ask({ kind: "open", url: bareUrl, path: "/", readers: followers, stalled: false });
  await pause(1_000);
  const before = cpuSeconds([bare.pid]);
  await bare.ask({ kind: "write", times, everyMs, size });
  await pause(500);
  const spent = cpuSeconds([bare.pid]) - before;
  await readers.ask({ kind: "close" });
  return spent;
}

const { portionBytes } = await dossierOnce(); // once for warmth
await bareOnce(portionBytes);
const spent = { web: [] as number[], postgres: [] as number[], bare: [] as number[], again: [] as number[] };
for (let round = 0; round < Number(values.rounds); round++) {
  spent.bare.push(await bareOnce(portionBytes));
  const ours = await dossierOnce();
  spent.web.push(ours.web);
  spent.postgres.push(ours.postgres);
  spent.again.push(await bareOnce(portionBytes));
}
const floor = median([...spent.bare, ...spent.again]);
console.log(`${followers} followers, ${times} portions of ${portionBytes} bytes, CPU seconds: bare ${floor.toFixed(2)}`);
console.log(`  web ÷ bare ${(median(spent.web) / floor).toFixed(2)}, Postgres ÷ bare ${(median(spent.postgres) / floor).toFixed(2)}`);
console.log(`  bare ÷ bare (A/A) ${(median(spent.again) / median(spent.bare)).toFixed(2)}`);

const run = await ownRun(sql);
await run.append(run.row("run-queued", { question: "?", mode: "react", budget: { calls: 1, minutes: 1 } }));
const { web } = processes();
await readers.ask({ kind: "open", url: dossier.url, path: `/api/runs/${run.runId}/events`, readers: 50, stalled: true });
const before = residentMegabytes(web);
let most = before;
for (let written = 0; written < 20 * 1024; written += 40) {
  await run.append(...Array.from({ length: 10 }, () => run.row("text-appended", { ...delta, text: "x".repeat(4_096) })));
  await pause(20);
  most = Math.max(most, residentMegabytes(web));
}
console.log(`50 readers that take nothing, 20 MB written: the web process grows by at most ${(most - before).toFixed(0)} MB`);
await run.append(endOf(run));
await readers.ask({ kind: "close" });
