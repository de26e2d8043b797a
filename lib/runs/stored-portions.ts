import { zstdDecompressSync } from "node:zlib";
import type { Sql } from "postgres";
import { eventsAfter, type StoredEvent } from "#db/queries/events.ts";
import { type LogSegment, segmentsAfter } from "#db/queries/log-segments.ts";
import { framedEvents } from "#lib/domain/event-frame.ts";
import type { Portion } from "./portion.ts";
import { sealLog } from "./seal-log.ts";
import { sharedRead } from "./shared-read.ts";

/** Segments that are read at once: at some 30 KB each, half a megabyte, which is what one slow reader can hold. */
const segmentsAtOnce = 16;
/** Rows that are read at once. */
const pageSize = 250;
/** A reader that had to be given so many rows is followed by others: what of them is settled is sealed. */
const worthSealing = 400;

/**
 * What is stored of a log after `after`, in order: first what is sealed, as it is kept, then the rest as rows. Readers that ask for the same
 * at the same moment are given the same. Ends where the log ends at the moment.
 */
export async function* storedPortions(sql: Sql, runId: string, after: number): AsyncGenerator<Portion> {
  let cursor = after;
  for await (const portion of sealedPortions(sql, runId, after)) {
    cursor = portion.lastSeq;
    yield portion;
  }
  let rows = 0;
  try {
    for (;;) {
      const from = cursor;
      const page = await sharedRead(sql, `events ${runId} ${from}`, () => eventsAfter(sql, [{ runId, seq: from }], pageSize));
      const last = page.at(-1);
      if (!last) return;
      cursor = last.seq;
      rows += page.length;
      yield { kind: "events", lastSeq: cursor, events: page };
      if (page.length < pageSize) return;
    }
  } finally {
    if (rows >= worthSealing) void seal(sql, runId);
  }
}

/** In the background: the log stays as it is whether or not this works, and the next reader tries again. */
const seal = (sql: Sql, runId: string) => sharedRead(sql, `seal ${runId}`, () => sealLog(sql, runId)).catch(() => 0);

/** The sealed stretches that follow on `after` without a gap: what is missing, or was deleted, is read as rows. */
async function* sealedPortions(sql: Sql, runId: string, after: number): AsyncGenerator<Portion> {
  let cursor = after;
  for (;;) {
    const from = cursor;
    const segments = await sharedRead(sql, `segments ${runId} ${from}`, () => segmentsAfter(sql, runId, from, segmentsAtOnce));
    for (const segment of segments) {
      if (segment.firstSeq > cursor + 1) return;
      const { firstSeq, lastSeq, ended, bytes } = segment;
      yield firstSeq === cursor + 1 ? { kind: "sealed", runId, lastSeq, ended, frame: bytes } : restOf(runId, segment, cursor);
      cursor = segment.lastSeq;
    }
    if (segments.length < segmentsAtOnce) return;
  }
}

/** By the bytes of a segment: its events. Readers who come back together, each inside it, have it unpacked for them once. */
const unpacked = new WeakMap<Buffer, StoredEvent[]>();
const rests = new WeakMap<StoredEvent[], Map<number, Portion>>();

/** What of a segment a reader who stands inside it has not had. */
function restOf(runId: string, { bytes, lastSeq }: LogSegment, after: number): Portion {
  const events = unpacked.get(bytes) ?? framedEvents(zstdDecompressSync(bytes).toString()).map((event) => ({ runId, ...event }));
  unpacked.set(bytes, events);
  const known = rests.get(events) ?? new Map<number, Portion>();
  rests.set(events, known);
  const rest = known.get(after) ?? { kind: "events", lastSeq, events: events.filter((event) => event.seq > after) };
  known.set(after, rest);
  return rest;
}
