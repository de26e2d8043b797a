import { randomUUID } from "node:crypto";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import type { Sql } from "postgres";
import { z } from "zod";
import { type Database, openLine } from "#db/client.ts";
import { commandsChannel } from "#db/queries/commands.ts";
import { type RunStart, startOf } from "#db/queries/events.ts";
import { claimRun } from "#db/queries/runs.ts";
import { holdLock, orphanedRuns, registerWorker, strandedRuns } from "#db/queries/workers.ts";
import { openQueue, runQueue } from "#db/queue.ts";
import { commandReader } from "./command-reader.ts";
import { eventWriter } from "./event-writer.ts";
import { throughOutage } from "./through-outage.ts";
import { type Stops, type Workshop, work } from "./work.ts";

/** This worker goes; its runs are taken up elsewhere from where their log stands. */
export class WorkerLeaves extends Error {
  override name = "WorkerLeaves" as const;
}

export interface Worker {
  id: string;
  /** Takes no more runs, lets go of the ones it has, and resolves when they are back in the queue. */
  leave(): Promise<void>;
}

const jobSchema = z.object({ runId: z.string() });
/** A dead worker's runs are looked for once a second: the lock frees at once, so takeover is a matter of one or two seconds. */
const rescueEveryMs = 1_000;

/** What a run's model and tools depend on. */
export interface RunToFurnish extends RunStart {
  runId: string;
}

/** Starts taking runs from the queue. `furnish` gives a run its model and tools; it is asked anew for every run. */
export async function startWorker(options: {
  db: Database;
  url: string;
  concurrency: number;
  furnish: (
    run: RunToFurnish,
    signal: AbortSignal,
  ) => Promise<
    Pick<
      Workshop,
      "model" | "laneModel" | "synthesisModel" | "tools" | "laneTools" | "ownHosts" | "retry" | "writesReports" | "judgesClaims"
    >
  >;
  log: (line: string) => void;
}): Promise<Worker> {
  const { db, log } = options;
  const id = `worker-${randomUUID()}`;
  const lock = openLine(options.url);
  await registerWorker(lock, id);
  const leaving = new AbortController();
  const commands = commandReader(db);
  const listening = await db.listener.listen(commandsChannel, commands.look, () => commands.look());
  const writer = eventWriter(db.sql, {
    onTrouble: (error) => log(`The event log cannot be written, runs wait: ${messageOf(error)}`),
    onRecovery: (awayMs) => log(`The event log is written again after ${(awayMs / 1_000).toFixed(1)} s`),
  });
  const queue = await openQueue(db.queue, { listener: db.listener, onError: (error) => log(`Queue: ${error.message}`) });

  async function handle(job: JobWithMetadata<unknown>): Promise<void> {
    const { runId } = jobSchema.parse(job.data);
    const holder = { workerId: id, jobId: job.id, jobRetry: job.retryCount };
    const signal = AbortSignal.any([leaving.signal, job.signal]);
    let isHeld = false;
    // Not handed back: the queue is in the same database, and would find out about it a minute after its return.
    await throughOutage(async () => {
      if (isHeld) await writer.settled(); // what was said before the outage is not lost to the claim after it
      const claim = await claimRun(db.sql, runId, holder, { again: isHeld });
      if (!claim) return; // it has ended meanwhile, was deleted, or is another's
      isHeld = true;
      const shop = { sql: db.sql, writer, workerId: id, ...(await options.furnish({ runId, ...(await startOf(db.sql, runId)) }, signal)) };
      let leave = () => {};
      const onCommand: Stops["onCommand"] = (handler) => {
        leave = commands.listen(runId, handler);
      };
      try {
        await work(shop, claim, { signal, onCommand });
      } finally {
        leave();
      }
    }, signal);
  }

  await queue.work(
    runQueue,
    {
      includeMetadata: true,
      localConcurrency: options.concurrency,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      heartbeatRefreshSeconds: 15, // four in the 60 s after which a job counts as lost
    },
    async ([job]) => {
      if (job) await handle(job);
    },
  );
  const rescuing = setInterval(() => {
    commands.look(); // a NOTIFY may be lost with its connection
    void stayAlive(lock, id).then(() => rescue(db, queue, id, log));
  }, rescueEveryMs);

  return {
    id,
    async leave() {
      clearInterval(rescuing);
      leaving.abort(new WorkerLeaves("This worker is leaving"));
      await queue.stop({ graceful: true, timeout: 5_000 });
      await writer.settled();
      await listening.unlisten();
      await lock.end({ timeout: 1 });
    },
  };
}

/** After an outage of the database the lock is taken again, so that nobody takes this worker for dead. While it lasts there is nothing to do. */
const stayAlive = (lock: Sql, id: string): Promise<void> => holdLock(lock, id).catch(() => {});

async function rescue(db: Database, queue: PgBoss, workerId: string, log: (line: string) => void): Promise<void> {
  try {
    for (const { jobId, retryCount } of await orphanedRuns(db.sql, workerId)) {
      // Naming the attempt makes this safe: of two rescuers, or with a job that was already handed back, one finds nothing to do.
      await queue.fail(runQueue, { id: jobId, retryCount }, { worker: "died" });
    }
    for (const runId of await strandedRuns(db.sql)) await queue.send(runQueue, { runId }, { singletonKey: runId });
  } catch (error) {
    log(`Looking for runs of dead workers failed: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
