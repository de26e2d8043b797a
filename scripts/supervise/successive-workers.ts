import { randomUUID } from "node:crypto";

/** More ended workers than these had no chance to hand on their runs; those are found without being named. */
const mostNamed = 10;

/**
 * The parameters of one worker after the other: each is told its id and the ids of those before it, which have ended for certain. Their runs
 * then need not wait until somebody takes them for dead.
 */
export function successiveWorkers(): () => string[] {
  const ended: string[] = [];
  let current: string | undefined;
  return () => {
    if (current) ended.unshift(current);
    ended.splice(mostNamed);
    current = `worker-${randomUUID()}`;
    return ["worker/main.ts", `--id=${current}`, ...ended.map((id) => `--replaces=${id}`)];
  };
}
