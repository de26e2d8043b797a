import { type Event, type Fact, readEvent } from "#lib/domain/event.ts";
import { storable, storableText } from "#lib/std/storable.ts";
import type { EventWriter } from "./event-writer.ts";

/** The log of one run in the hands of the worker that owns it. */
export interface Journal {
  /** All facts so far, without live deltas. */
  readonly events: readonly Event[];
  readonly lastSeq: number;
  append(fact: Fact): Promise<void>;
  /** See EventWriter. */
  room(): Promise<void> | undefined;
}

/**
 * Opens the journal of a claimed run. Numbers and dates every fact. Only what must not be done twice awaits its append; a failed one is
 * told to `onLost` in any case, and with it the run is over for this worker.
 */
export function openJournal(options: {
  runId: string;
  epoch: number;
  events: Event[];
  lastSeq: number;
  writer: EventWriter;
  onLost: (error: unknown) => void;
  /** Told of every fact as it is appended. */
  onFact?: (event: Event) => void;
  clock?: () => Date;
}): Journal {
  const { runId, epoch, writer, onLost, onFact = () => {}, clock = () => new Date() } = options;
  const events: Event[] = options.events.filter((event) => event.type !== "text-appended");
  let lastSeq = options.lastSeq;
  return {
    events,
    get lastSeq() {
      return lastSeq;
    },
    append(fact) {
      // A delta is only text, and there are many of them: it need not be copied to be made fit for storage.
      const { type, ...data } = fact.type === "text-appended" ? { ...fact, text: storableText(fact.text) } : storable(fact);
      const seq = ++lastSeq;
      const at = clock().toISOString();
      const event = type === "text-appended" ? null : readEvent({ seq, at, type, ...data });
      if (event) {
        events.push(event);
        onFact(event);
      }
      const stored = writer.append({ runId, epoch, seq, type, at, data });
      stored.catch(onLost); // the very promise that is returned: whoever does not await it leaves nothing unhandled
      return stored;
    },
    room: () => writer.room(),
  };
}
