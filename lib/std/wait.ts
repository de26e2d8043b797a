import { setTimeout as timer } from "node:timers/promises";

/** Resolves after the given milliseconds; rejects with the signal's reason when it aborts first. */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await timer(milliseconds, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
