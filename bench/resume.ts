import { parseArgs } from "node:util";
import type { Sql } from "postgres";
import { openDatabase } from "#db/client.ts";
import { feedRun, headFor } from "#lib/runs/feed-run.ts";
import { openHub } from "#lib/runs/hub.ts";
import { type Portion, plainBytes, zstdBytes } from "#lib/runs/portion.ts";
import { sealLog } from "#lib/runs/seal-log.ts";
import { endOf, longLog, ownRun } from "./support/long-log.ts";
import { median, quantile } from "./support/numbers.ts";
import { openDatabaseFor } from "./support/open-database.ts";

/**
 * What a reader costs who has nothing of a finished run of 10,000 events: as Dossier sends it, against a read of a row an event, each parsed and framed.
 * One reader, and fifty at once; the time, and the bytes that go out. The naive read is taken twice a round: the two should not differ (A/A).
 *
 *   node bench/resume.ts [--events 10000] [--rounds 7]
 */
const { values } = parseArgs({ options: { events: { type: "string", default: "10000" }, rounds: { type: "string", default: "7" } } });
const rounds = Number(values.rounds);

await using house = new AsyncDisposableStack();
const { url } = await openDatabaseFor(house);
const db = openDatabase(url);
house.defer(() => db.end());
const hub = await openHub(db.sql, db.listener);
house.defer(() => hub.close());
const run = await ownRun(db.sql);
await run.append(...longLog(run, Number(values.events) - 1), endOf(run));
await db.sql`update runs set status = 'done' where id = ${run.runId}`;
await db.sql`analyze events`;

async function naive(sql: Sql): Promise<number> {
  const rows = await sql<{ seq: number; type: string; at: Date; data: Record<string, unknown> }[]>`
    select seq, type, at, data from events where run_id = ${run.runId} order by seq`;
  let bytes = 0;
  for (const { seq, type, at, data } of rows)
    bytes += Buffer.from(`id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ seq, type, at, ...data })}\n\n`).length;
  return bytes;
}

async function ours(encode: (portion: Portion) => Buffer): Promise<number> {
  let bytes = 0;
  const head = await headFor(db.sql, run.runId, 0);
  const outlet = {
    signal: new AbortController().signal,
    waiting: () => 0,
    drained: async () => {},
    send(portion: Portion) {
      const { length } = encode(portion);
      bytes += length;
      return length;
    },
  };
  await feedRun({ sql: db.sql, hub, runId: run.runId, after: 0, head }, outlet);
  return bytes;
}

const kinds = {
  naive: () => naive(db.sql),
  again: () => naive(db.sql),
  zstd: () => ours(zstdBytes),
  plain: () => ours(plainBytes),
};
type Kind = keyof typeof kinds;

const sealing = performance.now();
const segments = await sealLog(db.sql, run.runId);
const sealedMs = performance.now() - sealing;
for (const kind of Object.values(kinds)) await kind(); // once for warmth

async function measure(readers: number): Promise<void> {
  const took = { naive: [], again: [], zstd: [], plain: [] } as Record<Kind, number[]>;
  const bytes = {} as Record<Kind, number>;
  for (let round = 0; round < (readers > 1 ? Math.min(3, rounds) : rounds); round++) {
    for (const kind of Object.keys(kinds) as Kind[]) {
      const began = performance.now();
      const [sent = 0] = await Promise.all(Array.from({ length: readers }, () => kinds[kind]()));
      took[kind].push(performance.now() - began);
      bytes[kind] = sent;
    }
  }
  const floor = median([...took.naive, ...took.again]);
  const worst = (kind: Kind) => quantile(took[kind], 0.75) / floor;
  console.log(`\n${readers} at once: naive ${floor.toFixed(0)} ms, A/A ${(median(took.again) / median(took.naive)).toFixed(3)}`);
  for (const kind of ["zstd", "plain"] as const)
    console.log(
      `  ${kind.padEnd(6)} ${median(took[kind]).toFixed(1)} ms, ${(median(took[kind]) / floor).toFixed(3)} × naive (75th percentile ${worst(kind).toFixed(3)}), bytes ${(bytes[kind] / bytes.naive).toFixed(3)} ×`,
    );
}
console.log(`${values.events} events, ${segments} segments sealed in ${sealedMs.toFixed(0)} ms`);
await measure(1);
await measure(50);
