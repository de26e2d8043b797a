/**
 * A clock that begins at a moment of the database's and goes on with the process's own monotonic time, in milliseconds: workers whose clocks
 * differ write and count one time, and a clock that is set while a run is worked on changes nothing of its dates or its minutes.
 */
export function steadyClock(beganAt: Date, now: () => number = () => performance.now()): () => Date {
  const origin = now();
  return () => new Date(beganAt.getTime() + now() - origin);
}
