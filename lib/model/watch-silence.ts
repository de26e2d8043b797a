import type { ServerLoad, Silence } from "./model.ts";

/** The server sent nothing for longer than it is given. */
export class Stalled extends Error {
  override name = "Stalled" as const;
}

export interface Patience {
  /** Silence shorter than this is not worth a word. */
  noticeMs: number;
  /** Silence of a server that generates nothing for anybody: it hangs. */
  stallMs: number;
  /** Silence of a server that is busy with others: it is queued or preempted, and waited for. */
  busyMs: number;
}

/**
 * A preempted vLLM is silent for 20 s and more, and it queues without limit. Two minutes without a token for anybody are a hang; ten minutes
 * of serving only others are too long for one step.
 */
export const patience: Patience = { noticeMs: 5_000, stallMs: 120_000, busyMs: 600_000 };

export interface SilenceWatch {
  /** Aborts with Stalled. */
  signal: AbortSignal;
  /** Something came, or is waited for again. */
  news(): void;
  /** Nothing is waited for until the next news: whoever reads the stream is busy, and the silence is not the server's. */
  pause(): void;
  stop(): void;
}

/** Watches one request. `load` is asked while nothing comes: a rise of its generated tokens tells a busy server from a hanging one. */
export function watchSilence(
  { noticeMs, stallMs, busyMs }: Patience,
  load: () => Promise<ServerLoad | null>,
  onSilence: ((silence: Silence) => void) | undefined,
): SilenceWatch {
  const controller = new AbortController();
  let newsAt = performance.now();
  let aliveAt = newsAt;
  let generated: number | null = null;
  let tellAtMs = noticeMs;
  let asking = false;
  let stopped = false;
  let isPaused = false;

  async function look(): Promise<void> {
    if (isPaused || asking || performance.now() - newsAt < Math.min(noticeMs, stallMs)) return;
    asking = true;
    const now = await load();
    asking = false;
    if (stopped || isPaused) return;
    if (now && generated !== null && now.generated > generated) aliveAt = performance.now();
    generated = now?.generated ?? generated;
    const silentMs = Math.round(performance.now() - newsAt);
    const idleMs = performance.now() - Math.max(newsAt, aliveAt);
    if (idleMs >= stallMs || silentMs >= busyMs)
      return controller.abort(new Stalled(`The server sent no text for ${Math.round(silentMs / 1000)} s`));
    if (silentMs < tellAtMs) return;
    tellAtMs = silentMs * 3; // 5, 15, 45 s …: the screen counts by itself
    onSilence?.({ silentMs, load: now, ours: false });
  }

  const timer = setInterval(() => void look(), Math.min(noticeMs, stallMs) / 5);
  return {
    signal: controller.signal,
    news() {
      isPaused = false;
      newsAt = performance.now();
      tellAtMs = noticeMs;
    },
    pause() {
      isPaused = true;
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
