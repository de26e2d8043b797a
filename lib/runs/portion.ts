import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { StoredEvent } from "#db/queries/events.ts";
import { eventFrame, framedEvents } from "#lib/domain/event-frame.ts";

/** A stretch of a log on its way to readers: rows, or a sealed stretch (one zstd frame of server-sent events) as it is stored. */
export type Portion =
  | { kind: "events"; lastSeq: number; events: readonly StoredEvent[] }
  | { kind: "sealed"; runId: string; lastSeq: number; ended: boolean; frame: Buffer };

const plain = new WeakMap<object, Buffer>();
const packed = new WeakMap<object, Buffer>();
const ofSeveral = new WeakMap<object, Buffer>();

function once(memory: WeakMap<object, Buffer>, key: object, make: () => Buffer): Buffer {
  const known = memory.get(key) ?? make();
  memory.set(key, known);
  return known;
}

/** The portion as server-sent events. Made once, however many readers are given it. */
export const plainBytes = (portion: Portion): Buffer =>
  portion.kind === "sealed"
    ? once(plain, portion.frame, () => zstdDecompressSync(portion.frame))
    : once(plain, portion.events, () => Buffer.from(portion.events.map(eventFrame).join("")));

/** The same as one zstd frame. Frames may follow each other: a decoder reads them as one text. */
export const zstdBytes = (portion: Portion): Buffer =>
  portion.kind === "sealed" ? portion.frame : once(packed, portion.events, () => zstdCompressSync(plainBytes(portion)));

/** The portion for a stream that carries several runs: the id of each event names its run, too. */
export const bytesOfSeveral = (portion: Portion): Buffer =>
  once(ofSeveral, portion.kind === "sealed" ? portion.frame : portion.events, () => {
    const events: { runId: string; seq: number; json: string }[] =
      portion.kind === "events"
        ? [...portion.events]
        : framedEvents(plainBytes(portion).toString()).map((event) => ({ runId: portion.runId, ...event }));
    return Buffer.from(events.map(({ runId, seq, json }) => `id: ${runId}:${seq}\ndata: ${json}\n\n`).join(""));
  });
