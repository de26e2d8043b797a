/** Where workers of a sweep die, and at which pass at most. */
const places: readonly [string, number][] = [
  ["claimed", 4],
  ["model-asked", 10],
  ["model-text", 60],
  ["model-ended", 9],
  ["tool-returned", 6],
  ["before-commit", 30],
  ["committed", 30],
  ["before-end", 3],
  ["ended", 3],
  ["writer/model-asked", 1],
  ["writer/model-text", 4],
  ["writer/model-ended", 2],
  ["judge/model-asked", 1],
  ["judge/model-text", 2],
  ["judge/model-ended", 1],
  ["researcher-1/model-text", 8],
  ["researcher-2/model-ended", 2],
  ["synthesis/model-asked", 1],
  ["synthesis/model-text", 3],
];

/** The failpoint of the n-th worker: each place in turn, at a pass that `random` (from 0 to below 1) chooses. */
export function nextFailpoint(n: number, random: () => number): string {
  const [name = "", most = 1] = places[n % places.length] ?? [];
  return `${name}:${1 + Math.floor(random() * most)}`;
}
