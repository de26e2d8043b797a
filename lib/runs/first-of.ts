import type { Event, EventOf } from "#lib/domain/event.ts";

/** The first event of a type, for types that every log of a started run has. Throws where there is none. */
export function firstOf<T extends Event["type"]>(events: readonly Event[], type: T): EventOf<T> {
  const event = events.find((candidate): candidate is EventOf<T> => candidate.type === type);
  if (!event) throw new Error(`The log has no ${type}`);
  return event;
}
