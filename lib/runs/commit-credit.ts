/** Thirty commits a second in the long run, whatever the number of runs; a few at once after a pause, so that a lone run does not wait. */
const commitEveryMs = 33;
const commitsAtOnce = 5;

/** Allows so many commits in the long run, and a few at once after a pause. */
export function commitCredit() {
  let left = commitsAtOnce;
  let at = performance.now();
  const refill = () => {
    const now = performance.now();
    left = Math.min(commitsAtOnce, left + (now - at) / commitEveryMs);
    at = now;
  };
  return {
    /** When a commit may be made that is only made while so many are left. */
    from(commits: number): number {
      refill();
      return left >= commits ? 0 : at + (commits - left) * commitEveryMs;
    },
    take() {
      refill();
      left -= 1;
    },
  };
}
