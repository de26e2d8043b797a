import PQueue from "p-queue";
import { type CheckedServer, checkServer } from "./check-server.ts";
import { completionServer } from "./client.ts";
import type { CompletionRequest, ModelDelta, ModelFailure, Silence } from "./model.ts";
import { type Patience, patience } from "./watch-silence.ts";

export type ReplicaState = { kind: "up" } | { kind: "down"; reason: ModelFailure["reason"]; detail: string };

export interface ReplicaOptions extends CheckedServer {
  /** Requests at a time that we send it: vLLM queues without limit, so the bound has to be ours. */
  atOnce: number;
  /** How often it is asked, while it is down, whether it is back. */
  checkEveryMs: number;
  patience?: Partial<Patience>;
}

export interface Replica {
  readonly baseUrl: string;
  readonly state: ReplicaState;
  /** Tokens it accepts in all; null until it told. */
  readonly window: number | null;
  /** It is up, but asked for a pause or failed a moment ago: another one is asked first. */
  readonly resting: boolean;
  /** Requests that we have with it, waiting ones included. */
  readonly load: number;
  complete(request: CompletionRequest, options: CallOptions, signal: AbortSignal): AsyncGenerator<ModelDelta>;
  /** Asks it now whether it is well, and remembers. */
  check(signal: AbortSignal): Promise<ReplicaState>;
  close(): void;
}

export interface CallOptions {
  /** Lower goes first, in our queue and in the server's. */
  priority: number;
  onSilence?: ((silence: Silence) => void) | undefined;
}

/** Failures of the server, not of the request: after one of the first kind nothing will come of asking again, after two of the second. */
const fatal = new Set<ModelFailure["reason"]>(["unreachable", "unauthorized", "unknown-model"]);
const grave = new Set<ModelFailure["reason"]>(["server-error", "cut-off", "stalled", "nonsense"]);
const mostGrave = 2;
/** After a first one another server is asked first; long enough for the next try, short enough that the lane is back for its next step. */
const restMs = 2_000;
/** An engine that hangs may still answer its health check: after a stall others are asked first for minutes, longer each time. */
const stallRestMs = 60_000;
const longestStallRestMs = 15 * 60_000;
/** A server that sends us text is alive, however slow it answers other questions. */
const aliveForMs = 15_000;
/** How often a server is looked after while requests are with it. */
const watchEveryMs = 10_000;

/**
 * One model server as the pool sees it. It goes down when it cannot be reached or fails twice in a row, and comes up again when it answers
 * its health check: nobody has to try it out with a run. When it says that it is asked too much, fewer requests go to it, and all of
 * them wait as long as it asked; each success lets the number grow again (additive increase, multiplicative decrease).
 */
export function replica(options: ReplicaOptions, onChange: () => void): Replica {
  const { baseUrl, atOnce } = options;
  const noticeMs = options.patience?.noticeMs ?? patience.noticeMs;
  const queue = new PQueue({ concurrency: atOnce });
  const closed = new AbortController();
  const servers = new Map<number, ReturnType<typeof completionServer>>();
  let state: ReplicaState = { kind: "up" };
  let window: number | null = null;
  let failures = 0;
  let running = 0;
  let room = atOnce;
  let checking: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let restsUntil = 0;
  let pausedUntil = 0;
  let stalls = 0;
  let newsAt = Number.NEGATIVE_INFINITY;
  const watching = setInterval(() => {
    if (state.kind === "up" && queue.pending > 0 && performance.now() - newsAt > aliveForMs) void check(closed.signal).catch(() => {}); // closed meanwhile
  }, watchEveryMs);
  watching.unref();

  const serverFor = (priority: number) => {
    const server = servers.get(priority) ?? completionServer({ ...options, priority });
    servers.set(priority, server);
    return server;
  };

  function become(next: ReplicaState): void {
    const changed = next.kind !== state.kind;
    state = next;
    if (next.kind === "down" && !closed.signal.aborted) checking ??= setTimeout(() => void recheck(), options.checkEveryMs);
    if (changed) onChange();
  }

  async function check(signal: AbortSignal): Promise<ReplicaState> {
    const found = await checkServer(options, signal);
    if (found.up) {
      window = found.window ?? window;
      if (state.kind === "down") {
        failures = 0;
        if (stalls === 0) restsUntil = 0;
      }
      become({ kind: "up" });
    } else if (found.sure || state.kind === "down") become({ kind: "down", reason: found.reason, detail: found.detail });
    return state;
  }

  async function recheck(): Promise<void> {
    await check(closed.signal).catch(() => {}); // closed meanwhile
    checking = undefined;
    if (state.kind === "down") become(state);
  }

  function learn(delta: ModelDelta): void {
    newsAt = performance.now();
    if (delta.kind === "ended") {
      failures = 0;
      stalls = 0;
      setRoom(Math.min(atOnce, room + 1 / room));
    }
    if (delta.kind !== "failed") return;
    const { reason, detail, retryAfterMs } = delta.failure;
    if (reason === "rate-limited") slowDown(retryAfterMs ?? 1_000);
    failures = grave.has(reason) ? failures + 1 : 0;
    if (failures > 0) restsUntil = performance.now() + restMs;
    if (reason === "stalled") restsUntil = performance.now() + Math.min(stallRestMs * 2 ** stalls++, longestStallRestMs);
    if (fatal.has(reason) || failures >= mostGrave) become({ kind: "down", reason, detail });
  }

  function slowDown(forMs: number): void {
    const now = performance.now();
    // Those that were refused in one burst are one refusal, and the longest pause that was asked for is kept.
    if (now >= pausedUntil) setRoom(Math.max(1, Math.floor(Math.min(room, running) / 2)));
    pausedUntil = Math.max(pausedUntil, now + forMs);
    restsUntil = Math.max(restsUntil, pausedUntil);
    queue.pause();
    clearTimeout(pause);
    pause = setTimeout(() => queue.start(), pausedUntil - now);
  }

  function setRoom(requests: number): void {
    room = requests;
    queue.concurrency = Math.floor(room);
  }

  /** Resolves when the request may be sent, with what gives its place back. */
  async function place({ priority, onSilence }: CallOptions, signal: AbortSignal): Promise<() => void> {
    const began = performance.now();
    let tellAtMs = noticeMs;
    const telling = setInterval(() => {
      const silentMs = Math.round(performance.now() - began);
      if (silentMs < tellAtMs) return;
      tellAtMs = silentMs * 3;
      onSilence?.({ silentMs, load: null, ours: true });
    }, noticeMs);
    const done = Promise.withResolvers<void>();
    const granted = Promise.withResolvers<void>();
    const held = queue.add(
      () => {
        granted.resolve();
        return done.promise;
      },
      { priority: -priority, signal },
    );
    held.catch((error: unknown) => granted.reject(error)); // aborted while it waited
    try {
      await granted.promise;
    } finally {
      clearInterval(telling);
    }
    running++;
    return () => {
      running--;
      done.resolve();
    };
  }

  return {
    baseUrl,
    get state() {
      return state;
    },
    get window() {
      return window;
    },
    get resting() {
      return performance.now() < restsUntil;
    },
    get load() {
      return queue.size + queue.pending;
    },
    async *complete(request, call, signal) {
      const giveBack = await place(call, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw error;
      });
      try {
        for await (const delta of serverFor(call.priority).complete(request, signal, call.onSilence)) {
          learn(delta);
          yield delta;
        }
      } finally {
        giveBack();
      }
    },
    check,
    close() {
      closed.abort();
      clearInterval(watching);
      clearTimeout(checking);
      clearTimeout(pause);
    },
  };
}
