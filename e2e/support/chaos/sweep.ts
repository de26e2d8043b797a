import { randomUUID } from "node:crypto";
import { createSession } from "#db/queries/sessions.ts";
import { type Kernel, viewer } from "#e2e/support/kernel.ts";
import { type HeavyPlan, heavyPlanSchema } from "#lib/domain/heavy.ts";
import { ask } from "#lib/runs/ask.ts";
import { startLife } from "#lib/runs/life.ts";
import { rescue } from "#lib/runs/rescue.ts";
import { stop } from "#lib/runs/stop.ts";
import { tail } from "#lib/runs/tail.ts";
import { seeded } from "../servers/fake-model/seeded.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import { nextFailpoint } from "./failpoint-mix.ts";
import { type LightWorker, startLightWorker } from "./herd.ts";
import type { RunHistory } from "./history.ts";
import { storedHistory } from "./stored-history.ts";
import { watchLog } from "./watch-log.ts";

export interface Death {
  id: string;
  at: number;
}

export interface Sweep {
  runs: RunHistory[];
  deaths: Death[];
  /** When "stop now" was asked of a run, in milliseconds since 1970. */
  stops: { runId: string; at: number }[];
}

interface SweepOptions {
  kills: number;
  seed: number;
  /** Workers at once, and the runs that are kept going. */
  workers: number;
  live: number;
}

/** A worker that has not come to its failpoint within this time, or a part of it, is killed where it stands. */
const patienceMs = 6_000;
const budget = { calls: 12, minutes: 30 };

/**
 * Kills workers, one after the other on each of a few places, while runs are asked, stopped and followed; then lets the last workers end what
 * is left. Returns what the database, the servers and the clients saw of every run.
 */
export async function sweep(kernel: Kernel, world: ChaosWorld, { kills, seed, workers, live }: SweepOptions): Promise<Sweep> {
  const random = seeded(seed);
  await watchLog(kernel.db.sql);
  const observer = startLife(kernel.url, `observer-${randomUUID()}`);
  observer.onDead((dead) => void rescue(kernel.db, kernel.queue, { dead }, console.error));
  await observer.registered;
  const stranded = setInterval(() => void rescue(kernel.db, kernel.queue, "stranded", console.error), 1_000);
  const session = await createSession(kernel.db, viewer, "");
  const deaths: Death[] = [];
  const stops: Sweep["stops"] = [];
  const last: LightWorker[] = [];
  let started = 0;

  const start = (failpoint?: string) =>
    startLightWorker({ url: kernel.url, world: world.url, concurrency: 4, ...(failpoint && { failpoint }) });
  /** The next one is loaded while the one before it still works, so that what is measured is not how long Node takes to start. */
  async function place(): Promise<void> {
    let replaces: string[] = [];
    let next = start(nextFailpoint(started++, random));
    while (deaths.length < kills) {
      const worker = next;
      worker.go(replaces);
      await Promise.race([worker.ready, worker.ended]);
      next = start(deaths.length + 2 * workers < kills ? nextFailpoint(started++, random) : undefined);
      const tired = setTimeout(() => worker.signal("SIGKILL"), patienceMs * random());
      const { how, at } = await worker.ended;
      clearTimeout(tired);
      if (how !== "signal SIGKILL") throw new Error(`A worker ended by itself (${how}):\n${worker.said()}`);
      deaths.push({ id: worker.id, at });
      replaces = [worker.id, ...replaces].slice(0, 5);
    }
    next.go(replaces);
    last.push(next);
  }

  async function oneRun(number: number): Promise<Omit<RunHistory, "log" | "writes" | "status" | "reportId" | "reports" | "claims">> {
    const heavy: HeavyPlan | undefined = number % 6 === 5 ? heavyPlanSchema.parse({ lanes: 2 }) : undefined;
    const key = `key-${number}`;
    const question = {
      sessionId: session.id,
      question: `How deep is the harbour? ${number}`,
      mode: heavy ? ("heavy" as const) : ("react" as const),
      ...(heavy && { heavy }),
      budget,
      idempotencyKey: key,
    };
    const asked = await Promise.all([1, 2].map(() => ask(kernel.db, kernel.queue, viewer, question)));
    const id = asked[0]?.id ?? "";
    const halt = number % 4 === 3 ? "now" : number % 8 === 5 ? "finish" : null;
    const haltAfter = 4 + Math.floor(random() * 12);
    const clients = ["one", "two"].map((name) => ({ name, frames: [] as RunHistory["clients"][number]["frames"][number][] }));
    let halted = halt === null;
    await Promise.all(
      clients.map(async ({ frames }) => {
        while (frames.at(-1)?.type !== "run-ended") {
          const away = new AbortController();
          let portions = 1 + Math.floor(random() * 12);
          for await (const portion of tail(kernel.db.sql, kernel.hub, id, frames.at(-1)?.seq ?? 0, away.signal)) {
            frames.push(...portion.map(({ runId, seq, type, json }) => ({ runId, seq, type, json })));
            if (!halted && frames.length > haltAfter) {
              halted = true;
              if (halt === "now") stops.push({ runId: id, at: Date.now() });
              await stop(kernel.db, kernel.queue, viewer, id, halt ?? "now");
            }
            if (--portions === 0) break; // the connection is lost here
          }
          away.abort();
        }
      }),
    );
    const submits = asked.map((run) => ({ key, runId: run.id }));
    return { id, calls: budget.calls, modelCalls: world.modelCalls(id), toolCalls: world.toolCalls(id), clients, submits };
  }

  const ended: Awaited<ReturnType<typeof oneRun>>[] = [];
  let number = 0;
  async function lane(): Promise<void> {
    while (deaths.length < kills) ended.push(await oneRun(number++));
  }
  await Promise.all([...Array.from({ length: live }, lane), ...Array.from({ length: workers }, place)]);
  for (const worker of last) worker.signal("SIGTERM");
  await Promise.all(last.map((worker) => worker.ended));
  clearInterval(stranded);
  await observer.end();
  const runs: RunHistory[] = [];
  for (const run of ended) runs.push({ ...run, ...(await storedHistory(kernel.db.sql, run.id)) });
  return { runs, deaths, stops };
}
