import "server-only";
import type { ServerResponse } from "node:http";
import type { Outlet } from "#lib/runs/feed-run.ts";
import type { Portion } from "#lib/runs/portion.ts";
import { house } from "./house.ts";
import { nodeResponse } from "./node-response.ts";

/** Nothing on the way takes so short a silence for the end: proxies wait for 60 s. */
const heartbeatMs = 15_000;
/** Stored text is sent only when so much or less of it waits. */
const lowWater = 64 * 1024;
/** A reader that takes nothing of what is stored for so long is gone. */
const patienceMs = 60_000;

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform", // no-transform keeps others from compressing, and with it from buffering
  "x-accel-buffering": "no",
  vary: "accept-encoding",
} as const;

/** How portions and words of our own become bytes. */
export interface Encoding {
  name: "zstd" | null;
  portion: (portion: Portion) => Uint8Array;
  text: (text: string) => Uint8Array;
}

/** An outlet that also takes words of our own, between events. */
export interface SpeakingOutlet extends Outlet {
  say: (text: string) => void;
}

export interface Encodings {
  plain: Encoding;
  /** Null for a reader that cannot unpack it. */
  packed: Encoding | null;
}

/** A second, give or take a half, so that readers who were dropped together do not come back together. */
const retryLine = (aboutMs: number) => `retry: ${Math.round(aboutMs * (0.5 + Math.random()))}\n\n`;

/**
 * A response that `feed` fills. The first bytes go through Next, which sends the headers with them; what follows is written to Node's response itself,
 * and the stream that Next has stands for the end only. Where Node's response is not known, all of it goes through the stream.
 */
export function eventResponse(request: Request, encodings: Encodings, feed: (outlet: SpeakingOutlet) => Promise<void>): Response {
  if (request.method === "HEAD") return new Response(null, { headers }); // Next asks the handler of GET, and would leave the body unread
  const registered = house.streams.add();
  const signal = AbortSignal.any([registered.signal, request.signal]);
  const node = nodeResponse();
  // Next takes the encoding from a handler's headers: it takes the body for one that was unpacked. So it is set beneath it, or none is used.
  const encoding = encodings.packed && node && !node.headersSent ? encodings.packed : encodings.plain;
  if (encoding.name) node?.setHeader("content-encoding", encoding.name);
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulls += 1;
        if (pulls === 1) controller.enqueue(encoding.text(retryLine(1_000)));
        else if (pulls === 2) void fill(controller);
        else pulled.resolve();
      },
      cancel: registered.end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
  let pulled = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => pulled.resolve(), { once: true }); // who has gone asks for nothing more

  /** Next has sent the first bytes when it asks for more: from here on nothing else writes to its response. */
  async function fill(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const pipe = node?.headersSent && !node.writableEnded ? toNode(node, signal) : toStream(controller);
    const beat = setInterval(() => pipe.write(encoding.text(": still here\n\n")), heartbeatMs);
    try {
      let largest = 0;
      const send = (portion: Portion) => {
        const bytes = encoding.portion(portion);
        largest = Math.max(pipe.waiting() === 0 ? 0 : largest, bytes.byteLength);
        pipe.write(bytes);
      };
      const waiting = () => Math.max(0, pipe.waiting() - largest);
      const say = (text: string) => pipe.write(encoding.text(text));
      await feed({ waiting, drained: pipe.drained, signal, send, say });
      if (registered.signal.aborted && !request.signal.aborted) pipe.write(encoding.text(`${retryLine(300)}: the server is leaving\n\n`));
      if (!request.signal.aborted) controller.close();
    } catch (error) {
      // Too slow, or the database failed: the connection breaks, and the reader comes back with the last id it has.
      node?.destroy();
      controller.error(error);
    } finally {
      clearInterval(beat);
      registered.end();
    }
  }

  const toStream = (controller: ReadableStreamDefaultController<Uint8Array>): Pipe => ({
    write: (bytes) => controller.enqueue(bytes),
    waiting: () => -(controller.desiredSize ?? 0),
    async drained() {
      while (-(controller.desiredSize ?? 0) > lowWater && !signal.aborted) {
        pulled = Promise.withResolvers<void>();
        await pulled.promise;
      }
    },
  });

  return new Response(body, { headers });
}

interface Pipe {
  write(bytes: Uint8Array): void;
  waiting(): number;
  drained(): Promise<void>;
}

function toNode(response: ServerResponse, signal: AbortSignal): Pipe {
  return {
    write(bytes) {
      if (!response.writableEnded && !response.destroyed) response.write(bytes);
    },
    waiting: () => response.writableLength,
    async drained() {
      if (response.writableLength <= lowWater || signal.aborted) return;
      await drainOf(response, signal);
    },
  };
}

function drainOf(response: ServerResponse, signal: AbortSignal): Promise<void> {
  const drained = Promise.withResolvers<void>();
  const timer = setTimeout(() => drained.reject(new Error("The reader takes nothing")), patienceMs);
  const onDrain = () => drained.resolve();
  response.on("drain", onDrain);
  signal.addEventListener("abort", onDrain);
  return drained.promise.finally(() => {
    clearTimeout(timer);
    response.off("drain", onDrain);
    signal.removeEventListener("abort", onDrain);
  });
}
