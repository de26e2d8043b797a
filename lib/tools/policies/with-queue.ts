import PQueue from "p-queue";
import type { Desk } from "./desk.ts";
import { tooFar } from "./too-far.ts";

interface QueueOptions<Request> {
  /** Requests at a time. */
  atOnce: number;
  /** The part of the service a request concerns: each has a queue of its own. */
  partOf?(request: Request): string;
  /** Whoever has waited for longer than this when its turn comes is told so, and not served; absent: all are served. */
  patienceMs?: number | undefined;
}

/** Makes so many requests at a time in this process; the others wait in the order they came, and may leave. */
export function withQueue<Request, Value>(desk: Desk<Request, Value>, options: QueueOptions<Request>): Desk<Request, Value> {
  const { atOnce, partOf = () => "", patienceMs = Number.POSITIVE_INFINITY } = options;
  const queues = new Map<string, PQueue>();
  return {
    name: desk.name,
    async ask(request, signal) {
      const part = partOf(request);
      const queue = queues.get(part) ?? new PQueue({ concurrency: atOnce });
      queues.set(part, queue);
      const came = performance.now();
      const inTurn = async () => {
        const waitedMs = Math.round(performance.now() - came);
        if (waitedMs > patienceMs) return tooFar(waitedMs);
        const answered = await desk.ask(request, signal);
        return { ...answered, waitedMs: answered.waitedMs + waitedMs };
      };
      try {
        return await queue.add(inTurn, { signal });
      } finally {
        if (queue.size === 0 && queue.pending === 0) queues.delete(part);
      }
    },
  };
}
