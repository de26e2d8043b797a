import type { Event } from "./event.ts";

/**
 * Time that is not taken from a run's minutes: without any model server, over all its lanes (those that wait at the same time wait once), and
 * paused, until a worker goes on with it. Plain data, so that a view can hold it.
 */
export interface Outage {
  /** Milliseconds of the waits that are over. */
  endedMs: number;
  /** The lanes that wait now, and since when the first of them does; of a paused run its own name. */
  waiting: readonly string[];
  since: string | null;
}

const pausedRun = "(paused)";

export const noOutage: Outage = { endedMs: 0, waiting: [], since: null };

/** The outage after one more event. A wait that a restart of ours cut short counts up to that restart. */
export function withOutage(outage: Outage, event: Event): Outage {
  switch (event.type) {
    case "model-failed":
      if (!event.untilBack || outage.waiting.includes(event.lane)) return outage;
      return { ...outage, waiting: [...outage.waiting, event.lane], since: outage.since ?? event.at };
    case "model-returned":
      return without(
        outage,
        outage.waiting.filter((lane) => lane !== event.lane),
        event.at,
      );
    case "lane-ended":
      return outage.waiting.includes(event.lane)
        ? without(
            outage,
            outage.waiting.filter((lane) => lane !== event.lane),
            event.at,
          )
        : outage;
    case "run-paused":
      return { ...outage, waiting: [pausedRun], since: outage.since ?? event.at };
    case "run-started":
      if (event.attempt === 1) return noOutage; // the minutes begin here: what was paused before is none of them
      return outage.since === null ? outage : without(outage, [], event.at);
    case "run-ended":
      return outage.since === null ? outage : without(outage, [], event.at);
    default:
      return outage;
  }
}

/** Milliseconds that a run has used of its minutes by `now`; none before its first start. */
export function usedMs({ startedAt, outage }: { startedAt: string | null; outage: Outage }, now: number): number {
  return startedAt === null ? 0 : Math.max(0, now - Date.parse(startedAt) - uncountedMs(outage, now));
}

/** Milliseconds until `now` that do not count. */
export const uncountedMs = ({ endedMs, since }: Outage, now: number): number =>
  endedMs + (since === null ? 0 : Math.max(0, now - Date.parse(since)));

function without(outage: Outage, waiting: readonly string[], at: string): Outage {
  if (outage.since === null || waiting.length > 0) return { ...outage, waiting };
  return { endedMs: outage.endedMs + Math.max(0, Date.parse(at) - Date.parse(outage.since)), waiting, since: null };
}
