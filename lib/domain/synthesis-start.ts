import { quorumOf, timeShares } from "./heavy.ts";

/** When a synthesis begins, where the lanes do not all end by themselves before: those at work are given up, and that ends them too. */
export interface SynthesisStart {
  lanes: number;
  /** With so many lanes ended the others are given up at a moment of the run's clock. Null where that many are all. */
  withQuorum: { ended: number; atMs: number } | null;
  /** The moment at which lanes are given up however many have ended. */
  atLatestMs: number;
}

/** The same shares and the same majority by which lanes are given up (lib/agents/lane-watch.ts), in milliseconds of the run's minutes. */
export function synthesisStart(lanes: number, minutes: number): SynthesisStart {
  const ended = quorumOf(lanes);
  const atMs = (share: number) => Math.round(minutes * share * 60_000);
  return {
    lanes,
    withQuorum: ended < lanes ? { ended, atMs: atMs(timeShares.withQuorum) } : null,
    atLatestMs: atMs(timeShares.withoutQuorum),
  };
}
