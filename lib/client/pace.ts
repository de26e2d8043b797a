const perTick = 80;
const calm = 400;

/**
 * How much of a streaming text is shown at the next tick: at most 80 characters more, a quarter of what waits when that is over 400,
 * so that reading stays calm and the screen never falls far behind.
 */
export function pace(shown: number, full: number): number {
  const waiting = full - shown;
  if (waiting <= 0) return full;
  return Math.min(full, shown + (waiting > calm ? Math.max(perTick, Math.ceil(waiting / 4)) : perTick));
}
