/** Bytes of which no more than so many are held at a time. */
export interface ByteBudget {
  /** Waits until they may be held, in the order asked. Rejects when `signal` aborts first. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
  give(bytes: number): void;
}

export function byteBudget(most: number): ByteBudget {
  let free = most;
  const waiting: { bytes: number; admit(): void }[] = [];
  const admitNext = () => {
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      free -= next.bytes;
      waiting.shift();
      next.admit();
    }
  };
  return {
    take: (bytes, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = () => {
          waiting.splice(waiting.indexOf(place), 1);
          reject(signal.reason);
          admitNext();
        };
        const place = {
          bytes,
          admit() {
            signal.removeEventListener("abort", leave);
            resolve();
          },
        };
        signal.addEventListener("abort", leave, { once: true });
        waiting.push(place);
        admitNext();
      }),
    give(bytes) {
      free += bytes;
      admitNext();
    },
  };
}
