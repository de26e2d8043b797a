import type { SandboxChild } from "./sandbox-child.ts";

/** A spare that waited longer is ended: an idle server holds no memory for scripts that do not come. */
const oldestMs = 600_000;

/**
 * Keeps one sandbox that has started already, so that a script need not wait for it. The first is started by `refill`; it does not keep this
 * process alive, and ends with it.
 */
export function spareSandbox(start: () => SandboxChild): { take(): SandboxChild; refill(): void } {
  let spare: SandboxChild | null = null;
  let timer: NodeJS.Timeout | undefined;
  const release = () => {
    clearTimeout(timer);
    const held = spare;
    spare = null;
    return held;
  };
  return {
    take() {
      const held = release();
      return held?.isUsable() ? held : start();
    },
    refill() {
      if (spare?.isUsable()) return;
      release();
      spare = start();
      spare.rest();
      timer = setTimeout(() => release()?.kill(), oldestMs);
      timer.unref();
    },
  };
}
