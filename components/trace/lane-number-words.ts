import { numberOf } from "#lib/domain/heavy.ts";

/** A lane by its number, in a sentence. */
export function laneNumberWords(lane: string): string {
  const number = numberOf(lane);
  return number === null ? `the ${lane}` : `lane ${number}`;
}
