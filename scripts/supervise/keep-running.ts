import { setTimeout as pause } from "node:timers/promises";
import type { Child } from "./child.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;
// A worker that lived this long did not die of its own start.
const settledMs = 60_000;

/** Keeps a worker running: one that ends is started again after a pause that grows while it keeps dying young. */
export function keepRunning(start: () => Child, stopping: AbortSignal, wait = waitFor): Pick<Child, "end" | "show"> {
  let current = start();
  let shown = false;
  const watched = watch();
  return {
    async end(graceMs, forced) {
      await current.end(graceMs, forced);
      await watched;
    },
    show() {
      shown = true;
      current.show(true);
    },
  };

  async function watch() {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const began = Date.now();
      const how = await current.ended;
      if (stopping.aborted) return;
      if (Date.now() - began > settledMs) pauseMs = firstPauseMs;
      console.error(`The worker ended (${how}): starting it again in ${pauseMs / 1000} s.`);
      await wait(pauseMs, stopping);
      if (stopping.aborted) return;
      current = start();
      if (shown) current.show();
    }
  }
}

/** Waits, but not beyond an abort. */
async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {});
}
