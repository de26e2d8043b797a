import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sseParser } from "#lib/std/sse-data.ts";
import { openBenchHouse } from "./support/bench-house.ts";
import { startBenchChild } from "./support/child.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { residentMegabytes } from "./support/memory.ts";
import { quantile } from "./support/numbers.ts";
import { type StampingAnswer, type StampingRequest, stampNow } from "./support/stamping-model.ts";

/**
 * How many runs are live at once on this machine, each thinking at 20 tokens a second and read by somebody, through the whole of Dossier: worker,
 * Postgres, web server, event stream. Every token is the time at which the model sent it, so the reader sees how old what it gets is.
 *
 *   node bench/live-runs.ts [--runs 1,50,100,200,300] [--seconds 15] [--ms 50]
 *
 * Prints for each number of runs: writing transactions and NOTIFYs a second, WAL bytes for one byte of text, how old text is when it is read (p50, p99),
 * the share of the tokens that arrived in the window, CPU of all processes, and megabytes for each further run.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1,50,100,200,300" },
    seconds: { type: "string", default: "15" },
    ms: { type: "string", default: "50" },
  },
});
const msPerToken = Number(values.ms);
const windowMs = Number(values.seconds) * 1000;
const steps = values.runs.split(",").map(Number);
const most = Math.max(...steps);

await using house = new AsyncDisposableStack();
const model = startBenchChild<StampingRequest, StampingAnswer>("./stamping-model.ts");
house.defer(() => model.end());
const { url: modelUrl } = await model.ask({ msPerToken });
const { dossier, sql, processes } = await openBenchHouse(house, {
  MODEL_BASE_URL: modelUrl,
  MODEL_NAME: "bench",
  MODEL_DIALECT: "tongyi",
  MODEL_MAX_REQUESTS: "1000",
  WORKER_CONCURRENCY: String(most + 10),
  MAX_WAITING_RUNS: "1000",
});

interface Seen {
  ages: number[];
  tokens: number;
  bytes: number;
}
let seen: Seen = { ages: [], tokens: 0, bytes: 0 };
let notified = 0;
await sql.listen("dossier_events", () => {
  notified += 1;
});

const post = async (path: string, body: object) =>
  (await dossier.fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json();

/** A run, and a reader of it that counts what arrives and how old it is. */
async function startRun(n: number): Promise<void> {
  const { session } = await post("/api/sessions", {});
  const { run } = await post(`/api/sessions/${session.id}/runs`, { question: `Question ${n}` });
  const response = await dossier.fetch(`/api/runs/${run.id}/events`);
  void read(response).catch(() => {});
}

async function read(response: Response): Promise<void> {
  const parser = sseParser(50_000_000);
  for await (const bytes of response.body ?? []) {
    const at = stampNow();
    seen.bytes += bytes.byteLength;
    for (const data of parser.push(bytes)) {
      const { type, text } = JSON.parse(data) as { type: string; text?: string };
      if (type !== "text-appended" || !text) continue;
      const stamps = text
        .split(" ")
        .map(Number)
        .filter((stamp) => stamp > 1e12);
      seen.tokens += stamps.length;
      for (const stamp of stamps) seen.ages.push(at - stamp);
    }
  }
}

const walNow = async () => {
  const [row] = await sql<{ writes: string; wal: string }[]>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as writes, (pg_current_wal_lsn() - '0/0'::pg_lsn)::text as wal`;
  return { writes: Number(row?.writes), wal: Number(row?.wal) };
};
const megabytes = () => {
  const { worker, web } = processes();
  return residentMegabytes([...worker, ...web]);
};

let live = 0;
let before = { runs: 0, megabytes: 0 };
console.log("runs   writes/s  NOTIFY/s  WAL÷text  age p50  age p99  arrived  CPU of 2 cores  MB a run");
for (const wanted of steps) {
  while (live < wanted) await Promise.all(Array.from({ length: Math.min(20, wanted - live) }, () => startRun(++live)));
  await pause(6_000); // all think, and what starting cost is over
  const all = processes();
  const pids = [...all.worker, ...all.web, ...all.postgres];
  seen = { ages: [], tokens: 0, bytes: 0 };
  notified = 0;
  const [cpu, began, wal] = [cpuSeconds(pids), performance.now(), await walNow()];
  await pause(windowMs);
  const seconds = (performance.now() - began) / 1000;
  const [cpuAfter, walAfter] = [cpuSeconds(pids), await walNow()];
  const memory = megabytes();
  const text = seen.tokens * 14;
  const each = before.runs > 0 ? ((memory - before.megabytes) / (live - before.runs)).toFixed(2) : "";
  before = { runs: live, megabytes: memory };
  console.log(
    [
      String(live).padEnd(6),
      ((walAfter.writes - wal.writes) / seconds).toFixed(1).padStart(8),
      (notified / seconds).toFixed(1).padStart(9),
      ((walAfter.wal - wal.wal) / text).toFixed(2).padStart(9),
      `${quantile(seen.ages, 0.5).toFixed(0)} ms`.padStart(8),
      `${quantile(seen.ages, 0.99).toFixed(0)} ms`.padStart(8),
      (seen.tokens / ((live * seconds * 1000) / msPerToken)).toFixed(3).padStart(8),
      `${(((cpuAfter - cpu) / seconds / 2) * 100).toFixed(0)} %`.padStart(15),
      each.padStart(9),
    ].join(" "),
  );
}
process.exitCode = 0;
setTimeout(() => process.exit(), 20_000).unref();
