/** Somebody who waits on the ticker; `wake` ends the wait early. */
export interface Sleeper {
  wake?: (() => void) | undefined;
}

/**
 * One timer for all paced streams: two hundred at fifty tokens a second would be ten thousand timers a second. Times are absolute, so a
 * late tick makes nobody slower in the long run. Resolution is a millisecond.
 */
export interface Ticker {
  until(at: number, sleeper: Sleeper): Promise<void>;
}

export function createTicker(): Ticker {
  const waiting = new Map<Sleeper, { at: number; resolve: () => void }>();
  let timer: NodeJS.Timeout | undefined;
  let next = Number.POSITIVE_INFINITY;

  const plan = (at: number) => {
    if (at >= next) return;
    clearTimeout(timer);
    next = at;
    timer = setTimeout(tick, Math.max(1, Math.round(at - performance.now())));
  };
  const tick = () => {
    next = Number.POSITIVE_INFINITY;
    const now = performance.now() + 0.5;
    let earliest = Number.POSITIVE_INFINITY;
    for (const [sleeper, { at, resolve }] of waiting) {
      if (at > now) {
        earliest = Math.min(earliest, at);
        continue;
      }
      waiting.delete(sleeper);
      resolve();
    }
    if (earliest < Number.POSITIVE_INFINITY) plan(earliest);
  };
  return {
    until(at, sleeper) {
      if (at <= performance.now()) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.set(sleeper, { at, resolve });
        sleeper.wake = () => {
          waiting.delete(sleeper);
          resolve();
        };
        plan(at);
      });
    },
  };
}
