import type { ByteBudget } from "./byte-budget.ts";

/** The room of one body in this process's memory, from its first bytes until nobody needs them any more. */
export interface BodyRoom {
  /** Room is waited for now, or was until its signal aborted. */
  readonly isWaiting: boolean;
  /** Told of the bytes that are held, and of those that may come. Waits where there is no room for them now. */
  grow(held: number, most: number, signal: AbortSignal): Promise<void>;
  /** The body is whole: what it did not need is others'. */
  settle(held: number): void;
  leave(): void;
}

/** What any page may hold without asking: of pages of text hardly one is larger. */
export const smallBytes = 1_000_000;

/**
 * A small body has its room. A large one waits for all it may come to at once, so that no two wait for what the other one holds.
 */
export function bodyRoom(budget: ByteBudget): BodyRoom {
  let taken = 0;
  let isWaiting = false;
  return {
    get isWaiting() {
      return isWaiting;
    },
    async grow(held, most, signal) {
      if (held <= smallBytes || taken > 0) return;
      isWaiting = true;
      await budget.take(most, signal);
      isWaiting = false;
      taken = most;
    },
    settle(held) {
      if (taken <= held) return;
      budget.give(taken - held);
      taken = held;
    },
    leave() {
      if (taken > 0) budget.give(taken);
      taken = 0;
    },
  };
}
