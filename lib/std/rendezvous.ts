import { createHash } from "node:crypto";

/**
 * The places in the order in which a key prefers them (rendezvous hashing): the same for everybody who knows the places, spread evenly over
 * keys, and when a place goes away only the keys that preferred it move.
 */
export const rendezvous = <T>(key: string, places: readonly T[], nameOf: (place: T) => string): T[] =>
  places
    .map((place) => ({ place, score: scoreOf(key, nameOf(place)) }))
    .sort((one, other) => (one.score < other.score ? 1 : -1))
    .map(({ place }) => place);

const scoreOf = (key: string, name: string): string => createHash("sha256").update(`${key}\n${name}`).digest("hex");
