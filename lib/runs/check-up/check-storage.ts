import type { Sql } from "postgres";
import { runLoad, type StorageFacts, storageFacts } from "#db/queries/storage.ts";
import { livingWorkers } from "#db/queries/workers.ts";
import type { CheckedPart, PartState } from "#lib/domain/check-up.ts";
import { wait } from "#lib/std/wait.ts";

/** A database that is there answers in milliseconds; a person waits for the rest. */
const patienceMs = 5_000;
export const storageNames = ["PostgreSQL", "Worker"] as const;

/**
 * Whether the database and a worker are there. `sql` is null where no database is set: `npm start` then brings its own. `running`: the
 * application is meant to be up, so that a missing worker is a fault.
 */
export async function checkStorage(sql: Sql | null, options: { running: boolean; placesEach: number }): Promise<CheckedPart[]> {
  if (!sql) return [part("PostgreSQL", "off", "DATABASE_URL is not set: npm start brings its own.", { durationMs: 0 })];
  const began = performance.now();
  const facts = await within(storageFacts(sql));
  const durationMs = Math.round(performance.now() - began);
  if ("failure" in facts)
    return [part("PostgreSQL", "mend", `The database does not answer (${facts.failure}).`, { durationMs, mend: [databaseLine] })];
  return [databasePart(facts, durationMs), await checkWorkers(sql, options)];
}

const databaseLine = {
  what: "Start it, or name one that runs (unset: Dossier brings its own):",
  lines: "DATABASE_URL=postgres://user@host:5432/dossier",
  takeAway: [],
};

function databasePart(facts: StorageFacts, durationMs: number): CheckedPart {
  const told = [`version ${facts.version}`, `round trip ${facts.roundTripMs.toFixed(1)} ms`, sizeOf(facts.bytes)];
  return part("PostgreSQL", "works", "It answers, and holds the runs.", { facts: told, durationMs });
}

async function checkWorkers(sql: Sql, options: { running: boolean; placesEach: number }): Promise<CheckedPart> {
  const began = performance.now();
  const found = await within(Promise.all([livingWorkers(sql), runLoad(sql)]));
  const durationMs = Math.round(performance.now() - began);
  if ("failure" in found)
    return part("Worker", "limited", `The tables cannot be read (${found.failure}). npm start brings them up to date.`, { durationMs });
  const [living, { running, queued }] = found;
  const waiting = queued > 0 ? [`${queued} ${queued === 1 ? "run waits" : "runs wait"}`] : [];
  if (living > 0)
    return part("Worker", "works", `${living} alive, ${running} of ${living * options.placesEach} places taken.`, {
      facts: waiting,
      durationMs,
    });
  if (!options.running) return part("Worker", "off", "Dossier is not running.", { facts: waiting, durationMs });
  const start = { what: "Start Dossier again, which brings its worker:", lines: "npm start", takeAway: [] };
  return part("Worker", "mend", "None is alive: runs wait until one is.", { facts: waiting, durationMs, mend: [start] });
}

/** What the promise gives, or in a few words why it gave nothing. Never the address: it may hold a password. */
async function within<T extends object>(promise: Promise<T>): Promise<T | { failure: string }> {
  const leaving = new AbortController();
  const tooLate = wait(patienceMs, leaving.signal).then(() => ({ failure: `nothing came within ${patienceMs / 1000} s` }));
  try {
    return await Promise.race([promise, tooLate]);
  } catch (error) {
    return { failure: error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "it failed" };
  } finally {
    leaving.abort();
    await tooLate.catch(() => {}); // the abort above is the only way it rejects
  }
}

function sizeOf(bytes: number): string {
  const [amount, unit] = bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount).toLocaleString("en")} ${unit}`;
}

const part = (
  name: (typeof storageNames)[number],
  state: PartState,
  says: string,
  more: Partial<CheckedPart> & { durationMs: number },
): CheckedPart => ({
  group: "storage",
  name,
  state,
  says,
  facts: [],
  mend: [],
  ...more,
});
