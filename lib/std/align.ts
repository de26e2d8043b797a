/** A stretch where two lists differ: what only the first has there, and what only the second has. Ends are exclusive. */
export interface Difference {
  one: { start: number; end: number };
  other: { start: number; end: number };
}

/** Of a second list, the stretch that is most like the first one; how many entries both share there in the same order; and where they differ. */
export interface Alignment {
  shared: number;
  /** The stretch of the second list between its first and its last shared entry. */
  range: { start: number; end: number };
  differences: Difference[];
}

const gapCost = 0.4;

/**
 * Aligns a short list with the stretch of a longer one that it comes nearest to: a shared entry counts 1, one that only either has costs, what
 * stands before and after the stretch costs nothing. Takes time by the product of the lengths.
 */
export function align<T>(one: readonly T[], other: readonly T[]): Alignment {
  const width = other.length + 1;
  const score = new Float32Array((one.length + 1) * width);
  for (let i = 1; i <= one.length; i++) {
    score[i * width] = -gapCost * i;
    for (let j = 1; j < width; j++) {
      const gap = Math.max(score[(i - 1) * width + j] ?? 0, score[i * width + j - 1] ?? 0) - gapCost;
      const same = one[i - 1] === other[j - 1] ? (score[(i - 1) * width + j - 1] ?? 0) + 1 : Number.NEGATIVE_INFINITY;
      score[i * width + j] = Math.max(gap, same);
    }
  }
  let end = 0;
  for (let j = 1; j < width; j++) if ((score[one.length * width + j] ?? 0) > (score[one.length * width + end] ?? 0)) end = j;
  return traced(one, other, score, end);
}

function traced<T>(one: readonly T[], other: readonly T[], score: Float32Array, from: number): Alignment {
  const width = other.length + 1;
  const pairs: [number, number][] = [];
  let [i, j] = [one.length, from];
  while (i > 0 && j > 0) {
    const here = score[i * width + j] ?? 0;
    if (one[i - 1] === other[j - 1] && near(here, (score[(i - 1) * width + j - 1] ?? 0) + 1)) {
      pairs.unshift([--i, --j]);
    } else if (near(here, (score[i * width + j - 1] ?? 0) - gapCost)) j--;
    else i--;
  }
  const range = { start: pairs[0]?.[1] ?? 0, end: (pairs.at(-1)?.[1] ?? -1) + 1 };
  return { shared: pairs.length, range, differences: differencesOf(pairs, one.length, range) };
}

function differencesOf(pairs: readonly [number, number][], length: number, range: { start: number; end: number }): Difference[] {
  const found: Difference[] = [];
  let [i, j] = [0, range.start];
  for (const [a, b] of [...pairs, [length, range.end] as const]) {
    if (a > i || b > j) found.push({ one: { start: i, end: a }, other: { start: j, end: b } });
    [i, j] = [a + 1, b + 1];
  }
  return found;
}

const near = (one: number, other: number) => Math.abs(one - other) < 1e-3;
