import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import type { Sql } from "postgres";
import { insertSegment, lockSealing, settledEvents } from "#db/queries/log-segments.ts";
import { eventFrame } from "#lib/domain/event-frame.ts";

/** A segment is no longer than this, in events and in characters: what a reader who stands inside it has unpacked for it. */
const mostEvents = 500;
const mostCharacters = 512 * 1024;
/** Fewer events are not worth a segment while more may come. */
const fewestEvents = 200;

const compress = promisify(zstdCompress);

/**
 * Seals what of a run's log can change no more and is not sealed yet, so that readers are sent it as it is kept. Segments are derived: they may be
 * deleted, and nothing depends on this having run. Returns how many were made; 0 also where another process is at it.
 */
export const sealLog = (sql: Sql, runId: string): Promise<number> =>
  sql.begin(async (transaction) => {
    let sealed = await lockSealing(transaction, runId);
    if (sealed === null) return 0;
    for (let made = 0; ; made++) {
      const events = await settledEvents(transaction, runId, sealed, mostEvents);
      const taken = fitting(events);
      const last = taken.at(-1);
      const isWhole = taken.length < events.length || taken.length >= fewestEvents || last?.type === "run-ended";
      if (!last || !isWhole) return made;
      const bytes = await compress(taken.map(eventFrame).join(""), { params: { [constants.ZSTD_c_compressionLevel]: 6 } });
      await insertSegment(transaction, runId, { firstSeq: sealed + 1, lastSeq: last.seq, bytes });
      sealed = last.seq;
    }
  });

/** As many of the first events as one segment holds, at least one. */
function fitting<T extends { json: string }>(events: T[]): T[] {
  let size = 0;
  const over = events.findIndex((event, index) => {
    size += event.json.length;
    return index > 0 && size > mostCharacters;
  });
  return over < 0 ? events : events.slice(0, over);
}
