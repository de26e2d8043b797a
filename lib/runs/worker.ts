import type { JobWithMetadata } from "pg-boss";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { commandsChannel } from "#db/queries/commands.ts";
import { type RunStart, startOf } from "#db/queries/events.ts";
import { claimRun } from "#db/queries/runs.ts";
import { openQueue, runQueue } from "#db/queue.ts";
import { commandReader } from "./command-reader.ts";
import { eventWriter } from "./event-writer.ts";
import { failpoint } from "./failpoint.ts";
import type { Life } from "./life.ts";
import { PausedByReader } from "./not-ours.ts";
import { rescue } from "./rescue.ts";
import { steadyClock } from "./steady-clock.ts";
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
/** How often it is looked for commands that a lost NOTIFY told of, and for runs without a job. */
const lookEveryMs = 1_000;

/** What a run's model and tools depend on. */
export interface RunToFurnish extends RunStart {
  runId: string;
}

/**
 * Starts taking runs from the queue. `furnish` gives a run its model and tools; it is asked anew for every run. `life` tells the others that
 * this worker, `id`, lives. `replaces` names workers that are known to be dead: their runs are taken up without waiting for a sign of them.
 */
export async function startWorker(options: {
  db: Database;
  id: string;
  life: Life;
  replaces?: readonly string[];
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
  const { db, id, life, log, replaces = [] } = options;
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
      if (!claim) return; // it has ended meanwhile, was deleted, paused, or is another's
      if (claim === "newer") return log(`Run ${runId} was begun by a newer version of Dossier and waits for it`);
      isHeld = true;
      failpoint("claimed");
      const clock = steadyClock(claim.claimedAt);
      const furnished = await options.furnish({ runId, ...(await startOf(db.sql, runId)) }, signal);
      const shop = { sql: db.sql, writer, workerId: id, clock, ...furnished };
      let leave = () => {};
      const onCommand: Stops["onCommand"] = (handler) => {
        const listening = commands.listen(runId, handler);
        leave = listening.leave;
        return listening.told;
      };
      try {
        await work(shop, claim, { signal, onCommand });
      } catch (error) {
        if (!(error instanceof PausedByReader)) throw error; // nothing is left to do: resuming brings a job of its own
      } finally {
        leave();
      }
    }, signal);
  }

  await life.registered;
  if (replaces.length > 0) void rescue(db, queue, { dead: replaces }, log);
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
  life.onDead((dead) => void rescue(db, queue, { dead }, log));
  const looking = setInterval(() => {
    commands.look(); // a NOTIFY may be lost with its connection
    void rescue(db, queue, "stranded", log);
  }, lookEveryMs);

  return {
    id,
    async leave() {
      clearInterval(looking);
      leaving.abort(new WorkerLeaves("This worker is leaving"));
      await queue.stop({ graceful: true, timeout: 5_000 });
      await writer.settled();
      await listening.unlisten();
      await life.end();
    },
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
