import { rendezvous } from "#lib/std/rendezvous.ts";
import type { CompletionSource, ModelDelta } from "./model.ts";
import { type Replica, type ReplicaOptions, replica } from "./replica.ts";

export interface PoolOptions extends Omit<ReplicaOptions, "baseUrl"> {
  baseUrls: readonly string[];
}

/** The servers of one model. One for a process: what a run learns of a server holds for all. */
export interface ModelPool {
  readonly name: string;
  readonly replicas: readonly Replica[];
  /**
   * Completions for one lane. A lane sticks to the server its key prefers, because that one has its prefix in the cache; it moves to the
   * next while that one is down, and comes back. Without a key the server with the least to do is asked: there is no prefix to keep.
   */
  source(options: { key: string | null; priority?: number }): CompletionSource;
  /** Resolves to true as soon as a server can be asked, to false when none could be for `withinMs`. */
  whenBack(withinMs: number, signal: AbortSignal): Promise<boolean>;
  /** The smallest window of the servers that are up, so that a lane may move; null when none of them tells. Asks those that have not told yet. */
  window(signal: AbortSignal): Promise<number | null>;
  /** The same, of what is known without asking. */
  knownWindow(): number | null;
  /** The server a key is served by now: for what has to be asked of the same one. */
  serverFor(key: string): Replica | null;
  close(): void;
}

export function modelPool({ baseUrls, ...shared }: PoolOptions): ModelPool {
  let waiters: (() => void)[] = [];
  const wake = () => {
    const woken = waiters;
    waiters = [];
    for (const each of woken) each();
  };
  const replicas = baseUrls.map((baseUrl) => replica({ ...shared, baseUrl }, wake));
  const isUp = (each: Replica) => each.state.kind === "up";

  function choose(key: string | null): Replica | undefined {
    const preferred =
      key === null ? replicas.toSorted((one, other) => one.load - other.load) : rendezvous(key, replicas, (each) => each.baseUrl);
    return preferred.find((each) => isUp(each) && !each.resting) ?? preferred.find(isUp);
  }

  /** What a failure leaves: another server to ask at once, or nobody. Null: the same server is still the one to ask. */
  function left(asked: Replica): "others" | "none" | null {
    if (replicas.some((each) => each !== asked && isUp(each) && !each.resting)) return isUp(asked) && !asked.resting ? null : "others";
    return replicas.some(isUp) ? null : "none";
  }

  function knownWindow(): number | null {
    const known = replicas.filter(isUp).flatMap((each) => each.window ?? []);
    return known.length > 0 ? Math.min(...known) : null;
  }

  const noServer = (): ModelDelta => {
    const states = replicas.map((each) => each.state).filter((state) => state.kind === "down");
    const [first] = states;
    return {
      kind: "failed",
      failure: { reason: first?.reason ?? "unreachable", detail: states.map((state) => state.detail).join("; "), left: "none" },
    };
  };

  return {
    name: shared.name,
    replicas,
    source: ({ key, priority = 0 }) => ({
      async *complete(request, signal, onSilence) {
        const chosen = choose(key);
        if (!chosen) return yield noServer();
        for await (const delta of chosen.complete(request, { priority, onSilence }, signal)) {
          if (delta.kind !== "failed") yield delta;
          else {
            const remaining = left(chosen);
            yield remaining ? { ...delta, failure: { ...delta.failure, left: remaining } } : delta;
          }
        }
      },
    }),
    async whenBack(withinMs, signal) {
      const until = performance.now() + withinMs;
      while (!replicas.some(isUp)) {
        const woken = Promise.withResolvers<void>();
        waiters.push(woken.resolve);
        const timer = setTimeout(woken.resolve, Math.max(0, until - performance.now()));
        const onAbort = () => woken.resolve();
        signal.addEventListener("abort", onAbort, { once: true });
        await woken.promise;
        signal.removeEventListener("abort", onAbort);
        waiters = waiters.filter((each) => each !== woken.resolve);
        clearTimeout(timer);
        signal.throwIfAborted();
        if (performance.now() >= until) break;
      }
      return replicas.some(isUp);
    },
    async window(signal) {
      await Promise.all(replicas.filter((each) => each.window === null).map((each) => each.check(signal)));
      return knownWindow();
    },
    knownWindow,
    serverFor: (key) => choose(key) ?? null,
    close() {
      for (const each of replicas) each.close();
    },
  };
}
