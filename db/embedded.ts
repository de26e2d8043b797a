import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createCluster } from "./embedded/create-cluster.ts";
import { isAlive } from "./embedded/is-alive.ts";
import { joinServer } from "./embedded/join-server.ts";
import { type Place, placeOf } from "./embedded/place.ts";
import { postmasterOf } from "./embedded/postmaster.ts";
import { runAs } from "./embedded/run-as.ts";
import { startServer } from "./embedded/start-server.ts";

export interface Embedded {
  /** The address of the database `dossier`. */
  url: string;
  /** False when a server that was already running was adopted. */
  startedHere: boolean;
  /** Where the data really lies: not under `dataDir` where Postgres could not have reached it. */
  clusterDir: string;
  /** Leaves the server, and stops it unless another process still uses it. */
  stop(): Promise<void>;
}

/**
 * Brings up the Postgres of a data folder: creates it where there is none, adopts it where one is running. Any number of processes may
 * call it at once for the same folder; they end with the same server. Throws an Error of one line that says what to do.
 * `durable: false` gives up safety against power cuts for speed, which is right for tests only.
 */
export async function startEmbedded({ dataDir, durable = true }: { dataDir: string; durable?: boolean }): Promise<Embedded> {
  const place = await placeOf(resolve(dataDir));
  await createCluster(place);
  const { clusterDir } = place;
  const deadline = Date.now() + 60_000;
  let startedHere = false;
  for (let refusals = 0; ; ) {
    const member = await joinServer(clusterDir);
    if (member) return { url: member.url, startedHere, clusterDir, stop: () => leave(place, member) };
    const refusal = await startServer(place, durable);
    startedHere = refusal === undefined;
    if (startedHere) continue;
    // A live postmaster is being started by another process, which passes; so does a killed one whose children are still ending.
    const postmaster = postmasterOf(clusterDir);
    if (!postmaster || !isAlive(postmaster.pid)) refusals += 1;
    if (refusals === 5 || Date.now() > deadline)
      throw new Error(`Postgres did not start in ${clusterDir}: ${refusal}. Its log: ${clusterDir}/server.log`);
    await pause(200);
  }
}

/** Joins the Postgres of a data folder where one is running. Null where none is: nothing is started. */
export async function joinEmbedded(dataDir: string): Promise<Embedded | null> {
  const place = await placeOf(resolve(dataDir));
  const { clusterDir } = place;
  const member = await joinServer(clusterDir);
  return member ? { url: member.url, startedHere: false, clusterDir, stop: () => leave(place, member) } : null;
}

async function leave({ account, binDir, clusterDir }: Place, member: NonNullable<Awaited<ReturnType<typeof joinServer>>>): Promise<void> {
  // A member whose connection is gone has lost its server already.
  const last = await member.leave().catch(() => false);
  if (last) await runAs(account, `${binDir}/pg_ctl`, ["stop", "-w", "-m", "fast", "-t", "30", "-D", clusterDir]);
  await member.end();
}
