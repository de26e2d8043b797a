import type { LaneView } from "#lib/domain/lane-view.ts";

/** Of every source the numbers of the lanes that read it. */
export function readingLanes(lanes: readonly LaneView[]): Map<string, number[]> {
  const readers = new Map<string, number[]>();
  for (const { number, sourceIds } of lanes) {
    if (number === null) continue;
    for (const id of sourceIds) readers.set(id, [...(readers.get(id) ?? []), number]);
  }
  return readers;
}
