/**
 * Divides a total among parts that want so much each: nobody gets more than it wants, and what the small ones leave goes to the large
 * ones in equal parts. In whole numbers.
 */
export function fairShares(wants: readonly number[], total: number): number[] {
  const shares = wants.map(() => 0);
  let left = total;
  const bySize = wants.map((want, index) => ({ want, index })).sort((one, other) => one.want - other.want);
  bySize.forEach(({ want, index }, done) => {
    const share = Math.min(want, Math.floor(left / (bySize.length - done)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}
