/** Of a run's rows, the group of those that belong to no lane: its notices. */
export const notices = "notice";

export type KeysByLane = ReadonlyMap<string, readonly string[]>;

/** The keys of rows by their lane, in order. A lane that has the rows it had keeps its array, so that only what changed renders again. */
export function keysByLane(keys: readonly string[], before: KeysByLane = new Map()): KeysByLane {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const lane = key.slice(0, key.indexOf(":"));
    const group = groups.get(lane);
    if (group) group.push(key);
    else groups.set(lane, [key]);
  }
  return new Map(
    [...groups].map(([lane, group]) => {
      const known = before.get(lane);
      return [lane, known?.length === group.length && known.every((key, index) => key === group[index]) ? known : group];
    }),
  );
}
