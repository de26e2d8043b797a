import "server-only";
import type { StoredEvent } from "#db/queries/events.ts";

const heartbeatMs = 15_000;
const encoder = new TextEncoder();

export const eventStreamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform", // no-transform keeps compression, and with it buffering, away
  "x-accel-buffering": "no",
} as const;

/** One event as a frame: its number as the id that a browser sends back, its type, and the whole event. */
const frame = (event: StoredEvent) => `id: ${event.seq}\nevent: ${event.type}\ndata: ${event.json}\n\n`;

/**
 * A tail as a server-sent event stream. It is pulled: a reader that does not read makes the tail wait, and the tail lets go of it. A
 * comment goes out every 15 s so that nothing on the way takes silence for the end. `end` is called however it ends, and has to abort
 * the signal that the tail waits on.
 */
export function eventStream(events: AsyncGenerator<StoredEvent[]>, signal: AbortSignal, end: () => void): ReadableStream<Uint8Array> {
  let pending: Promise<IteratorResult<StoredEvent[]>> | null = null;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode("retry: 1000\n\n"));
      },
      async pull(controller) {
        pending ??= events.next();
        const next = await beatWhile(pending, controller, signal).catch((error: unknown) => {
          end(); // too slow, or the database failed: the connection breaks, and the reader comes back with the last id it has
          throw error;
        });
        pending = null;
        if (next === "left" || next.done) {
          if (next === "left") controller.enqueue(encoder.encode("retry: 200\n: the server is leaving\n\n"));
          end();
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(next.value.map(frame).join("")));
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}

async function beatWhile<T>(
  promise: Promise<T>,
  controller: ReadableStreamDefaultController<Uint8Array>,
  signal: AbortSignal,
): Promise<T | "left"> {
  const left = Promise.withResolvers<"left">();
  const onAbort = () => left.resolve("left");
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort);
  const beat = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), heartbeatMs);
  try {
    return await Promise.race([promise, left.promise]);
  } finally {
    clearInterval(beat);
    signal.removeEventListener("abort", onAbort);
  }
}
