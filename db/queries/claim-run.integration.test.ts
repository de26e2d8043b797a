import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import { logFormat } from "#lib/domain/log-format.ts";
import { appendEvents } from "./events.ts";
import { claimRun } from "./runs.ts";
import { strandedRuns, unclaimedJobs } from "./workers.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const holder = (n: number) => ({ workerId: `worker-${n}`, jobId: crypto.randomUUID(), jobRetry: 0 });

test("of eight that claim a run at once one wins, and nothing the others write is stored", async () => {
  const { sql } = kernel.db;
  const claimers = [1, 2, 3, 4, 5, 6, 7, 8];
  for (let n = 0; n < 40; n++) {
    const run = await kernel.ask("Whose?");
    const claims = await Promise.all(claimers.map(async (each) => ({ each, claim: await claimRun(sql, run.id, holder(each)) })));
    const epochs = claims.map(({ each, claim }) => ({ each, epoch: claim === null || claim === "newer" ? 0 : claim.epoch }));
    expect(epochs.map(({ epoch }) => epoch).toSorted((one, other) => one - other)).toEqual(claimers);
    const winner = epochs.find(({ epoch }) => epoch === claimers.length)?.each;
    const row = (each: number, epoch: number) => {
      const at = new Date(0).toISOString();
      return { runId: run.id, epoch, seq: 2, type: "lane-started", at, data: { lane: `lane-${each}` } };
    };
    const held = await Promise.all(epochs.map(({ each, epoch }) => appendEvents(sql, [row(each, epoch)], [])));
    expect(held.flatMap((claim) => [...claim])).toEqual([`${run.id}:${claimers.length}`]);
    expect((await kernel.log(run.id)).slice(1)).toMatchObject([{ seq: 2, lane: `lane-${winner}` }]);
  }
});

test("a claim under a job that was given to another worker fails, and one that was never followed by a claim is found", async () => {
  const { sql } = kernel.db;
  const run = await kernel.ask("Taken and lost?");
  const [job] = await kernel.queue
    .fetch<{ runId: string }>("runs", { batchSize: 1_000, includeMetadata: true })
    .then((jobs) => jobs.filter(({ data }) => data.runId === run.id));
  if (!job) throw new Error("There was no job");
  expect((await unclaimedJobs(sql)).map(({ jobId }) => jobId)).not.toContain(job.id);
  await sql`update queue.job set started_on = now() - interval '4 seconds' where id = ${job.id}`;
  expect(await unclaimedJobs(sql)).toContainEqual({ jobId: job.id, retryCount: job.retryCount });
  await kernel.queue.fail("runs", { id: job.id, retryCount: job.retryCount });
  expect(await claimRun(sql, run.id, { workerId: "late", jobId: job.id, jobRetry: job.retryCount })).toBeNull();
  expect(await claimRun(sql, run.id, holder(1))).toMatchObject({ epoch: 1 });
});

test("a run whose log is of a newer form is claimed by nobody of this version, and not brought to the queue again", async () => {
  const { sql } = kernel.db;
  const run = await kernel.ask("Newer?");
  await sql`delete from queue.job where data->>'runId' = ${run.id}`;
  await sql`update runs set log_format = ${logFormat}, created_at = now() - interval '1 minute' where id = ${run.id}`;
  expect(await strandedRuns(sql)).toContain(run.id);
  await sql`update runs set log_format = ${logFormat + 1} where id = ${run.id}`;
  expect(await claimRun(sql, run.id, holder(1))).toBe("newer");
  expect(await strandedRuns(sql)).not.toContain(run.id);
});
