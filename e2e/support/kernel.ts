import type { PgBoss } from "pg-boss";
import { type Database, openDatabase } from "#db/client.ts";
import { claimRun } from "#db/queries/runs.ts";
import { createSession } from "#db/queries/sessions.ts";
import { openQueue } from "#db/queue.ts";
import type { Budget } from "#lib/domain/budget.ts";
import { type Event, readEvent } from "#lib/domain/event.ts";
import { type HeavyPlan, heavyPlanSchema } from "#lib/domain/heavy.ts";
import type { Run, WhenFull } from "#lib/domain/run.ts";
import { ask } from "#lib/runs/ask.ts";
import { eventWriter } from "#lib/runs/event-writer.ts";
import { type Hub, openHub } from "#lib/runs/hub.ts";
import { logOf } from "#lib/runs/log-of.ts";
import { tail } from "#lib/runs/tail.ts";
import type { Stops, Workshop } from "#lib/runs/work.ts";
import { testDatabase } from "./test-database.ts";

export const viewer = { id: "local" };
export const noRetry: Workshop["retry"] = () => ({ kind: "give-up" });

export interface Kernel {
  db: Database;
  url: string;
  queue: PgBoss;
  hub: Hub;
  ask(question: string, budget?: Budget, whenFull?: WhenFull): Promise<Run>;
  /** Asks in Heavy mode. */
  askHeavy(question: string, plan: Partial<HeavyPlan> & { lanes: number }, budget?: Budget): Promise<Run>;
  log(runId: string): Promise<Event[]>;
  /** Follows the run until it has ended, or until `enough` of its events were seen. */
  follow(runId: string, enough?: (events: Event[]) => boolean): Promise<Event[]>;
  claim(runId: string): Promise<{ runId: string; epoch: number }>;
  shop(parts: Pick<Workshop, "model" | "tools"> & Partial<Workshop>): Workshop;
  close(): Promise<void>;
}

/** The kernel on a database of its own: everything of production but the processes. */
export const openKernel = async (): Promise<Kernel> => openKernelOn(await testDatabase());

export async function openKernelOn({ url, drop }: { url: string; drop(): Promise<void> }): Promise<Kernel> {
  const db = openDatabase(url, { connections: 4 });
  const queue = await openQueue(db.queue, "sender");
  const hub = await openHub(db.sql, db.listener);
  const writer = eventWriter(db.sql);
  let jobs = 0;
  return {
    db,
    url,
    queue,
    hub,
    async ask(question, budget = { calls: 20, minutes: 10 }, whenFull = "answer") {
      const session = await createSession(db, viewer, "");
      return ask(db, queue, viewer, { sessionId: session.id, question, mode: "react", budget, whenFull });
    },
    async askHeavy(question, plan, budget = { calls: 20, minutes: 10 }) {
      const session = await createSession(db, viewer, "");
      return ask(db, queue, viewer, { sessionId: session.id, question, mode: "heavy", heavy: heavyPlanSchema.parse(plan), budget });
    },
    log: (runId) => logOf(db.sql, runId),
    async follow(runId, enough = () => false) {
      const seen: Event[] = [];
      for await (const portion of tail(db.sql, hub, runId, 0, new AbortController().signal)) {
        seen.push(...portion.flatMap((stored) => readEvent(JSON.parse(stored.json)) ?? []));
        if (enough(seen)) break;
      }
      return seen;
    },
    async claim(runId) {
      const claim = await claimRun(db.sql, runId, { workerId: "test", jobId: crypto.randomUUID(), jobRetry: jobs++ });
      if (claim === null || claim === "newer") throw new Error("There was nothing to claim");
      return { runId, epoch: claim.epoch };
    },
    shop: (parts) => ({ sql: db.sql, writer, workerId: "test", retry: noRetry, ...parts }),
    async close() {
      await hub.close();
      await queue.stop({ graceful: false });
      await db.end();
      await drop();
    },
  };
}

/** Stops that a test pulls itself. */
export function manualStops(): Stops & { command(kind: "now" | "finish" | "pause"): Promise<void>; leave(): void } {
  const leaving = new AbortController();
  const handler = Promise.withResolvers<Parameters<Stops["onCommand"]>[0]>();
  let id = 0;
  return {
    signal: leaving.signal,
    onCommand: async (given) => handler.resolve(given),
    command: async (kind) => (await handler.promise)({ runId: "", id: ++id, kind }),
    leave: () => leaving.abort(new Error("leaving")),
  };
}
