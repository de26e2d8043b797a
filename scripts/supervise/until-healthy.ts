import { setTimeout as pause } from "node:timers/promises";

// Seconds on any machine; a minute and a half on one that has much else to do.
const patienceMs = 90_000;

/** Asks the web server until it and a worker are well. Never rejects; gives up after a minute and a half with what it last said. */
export async function untilHealthy(url: string, stopping: AbortSignal): Promise<"healthy" | { problem: string }> {
  const deadline = Date.now() + patienceMs;
  let last = "no answer";
  while (Date.now() < deadline && !stopping.aborted) {
    try {
      const response = await fetch(url, { signal: AbortSignal.any([stopping, AbortSignal.timeout(5000)]) });
      const text = await response.text();
      if (response.ok) return "healthy";
      last = `${response.status} ${text}`.slice(0, 500);
    } catch (error) {
      last = String((error as Error).cause ?? error);
    }
    await pause(100, undefined, { signal: stopping }).catch(() => {});
  }
  return { problem: `it did not become healthy within ${patienceMs / 1000} s; ${url} says: ${last}.` };
}
