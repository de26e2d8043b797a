export interface Waiter {
  priority: number;
  arrival: number;
}

/** Requests that generate at once, and those that wait for one of them to end. */
export interface Seats {
  /** Resolves when there is room, with what gives the seat back. */
  take(waiter: Waiter): Promise<() => void>;
  /** Ends the wait of one whose client is gone: it gets no seat, and nothing to give back. */
  leave(waiter: Waiter): void;
  readonly running: number;
  readonly waiting: number;
}

/** First come, first served; or the lowest priority first, and among equals who came first. Nobody who generates is thrown out. */
export function createSeats(most: number, order: "fcfs" | "priority"): Seats {
  const queue: { waiter: Waiter; resolve: (release: () => void) => void }[] = [];
  let running = 0;
  const sit = () => {
    running++;
    let held = true;
    return () => {
      if (held) running--;
      held = false;
      callNext();
    };
  };
  const callNext = () => {
    if (running >= most || queue.length === 0) return;
    const first = queue.reduce((best, entry) => (isBefore(entry.waiter, best.waiter, order) ? entry : best));
    queue.splice(queue.indexOf(first), 1);
    first.resolve(sit());
  };
  return {
    take: (waiter) => (running < most ? Promise.resolve(sit()) : new Promise((resolve) => queue.push({ waiter, resolve }))),
    leave(waiter) {
      const index = queue.findIndex((entry) => entry.waiter === waiter);
      if (index >= 0) for (const entry of queue.splice(index, 1)) entry.resolve(() => {});
    },
    get running() {
      return running;
    },
    get waiting() {
      return queue.length;
    },
  };
}

const isBefore = (one: Waiter, other: Waiter, order: "fcfs" | "priority") =>
  order === "priority" && one.priority !== other.priority ? one.priority < other.priority : one.arrival < other.arrival;
