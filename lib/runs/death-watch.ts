import type { Sighting } from "#db/queries/workers.ts";

/** In milliseconds. */
export interface DeathLimits {
  /** The watcher's own connection has held this long before it judges a free lock: after an outage everybody needs a moment to come back. */
  settledMs: number;
  /** A lock that is free for so long: a worker whose connection alone broke has taken it again by then. */
  freeMs: number;
  /** A worker that holds its lock and gave no sign for so long is frozen. */
  silentMs: number;
  /** A pause between two looks after which nothing that was seen before counts. */
  gapMs: number;
}

/** A worker gives a sign every half second (see life.ts), and comes back within two seconds after its connection was cut. */
export const deathLimits: DeathLimits = { settledMs: 4_000, freeMs: 400, silentMs: 4_000, gapMs: 2_500 };

export interface DeathWatch {
  /** What is seen at a moment of the watcher's own monotonic clock, in milliseconds. Returns the ids of those that are dead. */
  look(atMs: number, sightings: readonly Sighting[]): string[];
  /** The watcher was cut off: from here on it has seen nothing. */
  lost(): void;
}

interface Seen extends Sighting {
  /** Since when it looks as it does. */
  since: number;
}

/**
 * Decides who is dead from what one watcher has seen without interruption. A sign is only compared with the last one of the same worker, and
 * time is the watcher's own: no clock that somebody can set is asked. A watcher that was cut off itself, or frozen, begins anew.
 */
export function deathWatch({ settledMs, freeMs, silentMs, gapMs }: DeathLimits = deathLimits): DeathWatch {
  let began: number | null = null;
  let last = 0;
  let seen = new Map<string, Seen>();

  const isDead = (atMs: number, { holdsLock, seenAt, since }: Seen): boolean => {
    const unchangedMs = atMs - since;
    if (!holdsLock) return atMs - (began ?? atMs) >= settledMs && unchangedMs >= freeMs;
    return seenAt !== null && unchangedMs >= silentMs;
  };
  return {
    look(atMs, sightings) {
      if (began === null || atMs - last > gapMs) {
        began = atMs;
        seen = new Map();
      }
      last = atMs;
      seen = new Map(
        sightings.map((sighting) => {
          const before = seen.get(sighting.id);
          const same = before && before.seenAt === sighting.seenAt && before.holdsLock === sighting.holdsLock;
          return [sighting.id, same ? before : { ...sighting, since: atMs }];
        }),
      );
      return [...seen.values()].filter((each) => isDead(atMs, each)).map((each) => each.id);
    },
    lost() {
      began = null;
    },
  };
}
