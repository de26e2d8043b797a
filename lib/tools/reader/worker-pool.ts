import { Worker, type WorkerOptions } from "node:worker_threads";
import PQueue from "p-queue";

export type Ending<Result> = { kind: "answered"; result: Result } | { kind: "overdue" } | { kind: "crashed" } | { kind: "cancelled" };

export interface WorkerPool<Job, Result> {
  run(job: Job, signal: AbortSignal): Promise<Ending<Result>>;
}

/**
 * Keeps at most `size` warm worker threads and gives each one job at a time. The script posts "ready" once and then one message per
 * job. A thread that is overdue, crashes or is no longer wanted is killed and replaced, so a job can cost no more than its deadline;
 * `run` never rejects for that, only when a thread cannot even start. Idle threads do not keep the process alive.
 */
export function workerPool<Job, Result>(script: URL, options: { size: number; deadlineMs: number; worker: WorkerOptions }): WorkerPool<Job, Result> {
  const queue = new PQueue({ concurrency: options.size });
  const idle: Worker[] = [];

  const start = () => {
    const worker = new Worker(script, options.worker);
    worker.once("exit", () => idle.includes(worker) && idle.splice(idle.indexOf(worker), 1));
    return started(worker);
  };
  const runNow = async (job: Job, signal: AbortSignal): Promise<Ending<Result>> => {
    const worker = idle.pop() ?? (await start());
    const ending = await ask<Job, Result>(worker, job, AbortSignal.any([signal, AbortSignal.timeout(options.deadlineMs)]));
    worker.unref();
    if (ending.kind === "answered") idle.push(worker);
    else await worker.terminate();
    return ending.kind === "overdue" && signal.aborted ? { kind: "cancelled" } : ending;
  };
  return {
    async run(job, signal) {
      try {
        return await queue.add(() => runNow(job, signal), { signal });
      } catch (error) {
        if (signal.aborted) return { kind: "cancelled" };
        throw error;
      }
    },
  };
}

function started(worker: Worker): Promise<Worker> {
  worker.on("error", () => {}); // of an idle thread: its successor is started when it is needed
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve(worker));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The worker thread ended before it was ready")));
  });
}

function ask<Job, Result>(worker: Worker, job: Job, until: AbortSignal): Promise<Ending<Result>> {
  return new Promise((resolve) => {
    const endings = {
      message: (result: Result) => end({ kind: "answered", result }),
      error: () => end({ kind: "crashed" }),
      exit: () => end({ kind: "crashed" }),
    };
    const overdue = () => end({ kind: "overdue" });
    const end = (ending: Ending<Result>) => {
      for (const [event, listener] of Object.entries(endings)) worker.off(event, listener);
      until.removeEventListener("abort", overdue);
      resolve(ending);
    };
    for (const [event, listener] of Object.entries(endings)) worker.on(event, listener);
    until.addEventListener("abort", overdue);
    worker.ref();
    worker.postMessage(job);
  });
}
