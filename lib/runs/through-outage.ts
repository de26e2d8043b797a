import { isOutage } from "#db/is-outage.ts";
import { wait } from "#lib/std/wait.ts";

/** Four tries a second: a run goes on within a second of its database. */
const pauseMs = 250;

/**
 * Does something with the database, again and again while the database is away: an outage makes a run wait, never end. Only for what may be
 * done twice, since an answer that was lost looks the same as nothing done. Throws any other error, and the signal's reason when it aborts.
 */
export async function throughOutage<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isOutage(error) || isClosedByUs(error)) throw error;
      await wait(pauseMs, signal);
    }
  }
}

const isClosedByUs = (error: unknown) => error instanceof Error && "code" in error && error.code === "CONNECTION_ENDED";
