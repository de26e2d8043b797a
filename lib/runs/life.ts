import { Worker } from "node:worker_threads";

/** What the thread is given. `steps` counts up while the event loop of the process turns. */
export interface LifeData {
  url: string;
  workerId: string;
  steps: Int32Array<SharedArrayBuffer>;
}
/** What the thread tells: that the worker is registered, whom it found dead, that it has let go. */
export type LifeNews = { kind: "registered" } | { kind: "dead"; workerIds: string[] } | { kind: "let-go" };

export interface Life {
  /** Resolves when others can see that this worker lives. */
  registered: Promise<void>;
  /** Calls back with the ids of dead workers that have runs, again and again while they have. */
  onDead(rescue: (workerIds: string[]) => void): void;
  /** Gives the lock back. */
  end(): Promise<void>;
}

const stepEveryMs = 1_000;

/**
 * The sign of life of a worker, given by a thread of its own: a process that is busy for tens of seconds is alive, one that is frozen is
 * not. The same thread sees who of the others is dead. A thread that fails takes the process with it, since others would take it for dead.
 */
export function startLife(url: string, workerId: string): Life {
  const steps = new Int32Array(new SharedArrayBuffer(4));
  const workerData: LifeData = { url, workerId, steps };
  const thread = new Worker(new URL("./life-thread.ts", import.meta.url), { workerData, name: "life" });
  const registered = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  let rescue: (workerIds: string[]) => void = () => {};
  let ended = false;
  const stepping = setInterval(() => Atomics.add(steps, 0, 1), stepEveryMs);
  thread.on("message", (news: LifeNews) => {
    switch (news.kind) {
      case "registered":
        return registered.resolve();
      case "dead":
        return rescue(news.workerIds);
      case "let-go":
        return letGo.resolve();
      default:
        news satisfies never;
    }
  });
  thread.on("exit", () => {
    letGo.resolve();
    if (!ended) throw new Error("The thread that tells that this worker lives has ended");
  });
  return {
    registered: registered.promise,
    onDead(callback) {
      rescue = callback;
    },
    async end() {
      ended = true;
      clearInterval(stepping);
      thread.postMessage("end");
      await letGo.promise;
    },
  };
}
