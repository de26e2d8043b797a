import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import postgres, { type Sql } from "postgres";
import { giveSign, registerWorker, type Sighting } from "#db/queries/workers.ts";
import { deathWatch } from "./death-watch.ts";
import type { LifeData, LifeNews } from "./life.ts";

const signEveryMs = 500;
/** An answer that takes longer counts as none, and the connection is opened anew: it may lead nowhere. */
const patienceMs = 2_000;
/** Looks without a step of the event loop after which the process is ended: it hangs, and would go on as a worker that takes no runs. Three minutes, three times as long as its jobs wait for it. */
const looksUntilHung = 360;

const { url, workerId, steps } = workerData as LifeData; // our own starter's
const tell = (news: LifeNews) => parentPort?.postMessage(news);
const watch = deathWatch();
let connection = open();
let ending = false;
parentPort?.on("message", () => {
  ending = true;
});

// A sign need not survive the server: nothing waits for the disk.
function open(): Sql {
  return postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: patienceMs / 1_000,
    backoff: () => signEveryMs / 1_000,
    onnotice: () => {},
    fetch_types: false, // the driver's query for them, cut off, is a rejection that nobody handles (postgres.js 3.4.9)
    connection: { application_name: "dossier life", synchronous_commit: "off" },
  });
}

/** Null when the database did not answer in time. */
async function look(): Promise<Sighting[] | null> {
  const late = new AbortController();
  try {
    const timeout = pause(patienceMs, null, { signal: late.signal }).catch(() => null);
    const seen = await Promise.race([giveSign(connection, workerId), timeout]);
    if (seen) return seen;
  } catch {
    // An outage: whoever looks next begins anew.
  } finally {
    late.abort();
  }
  void connection.end({ timeout: 0 }).catch(() => {});
  connection = open();
  return null;
}

await registerWorker(connection, workerId);
tell({ kind: "registered" });
let lastStep = 0;
let still = 0;
while (!ending) {
  const seen = await look();
  if (seen) {
    const dead = watch.look(performance.now(), seen);
    if (dead.length > 0) tell({ kind: "dead", workerIds: dead });
  } else watch.lost();
  const step = Atomics.load(steps, 0);
  still = step === lastStep ? still + 1 : 0;
  lastStep = step;
  if (still >= looksUntilHung) process.kill(process.pid, "SIGKILL");
  await pause(signEveryMs);
}
await connection.end({ timeout: 1 });
tell({ kind: "let-go" });
parentPort?.close();
