import { onceOrphaned } from "../once-orphaned.mjs";

export interface StopRequests {
  /** Aborted with the reason "asked" by the first Ctrl-C, SIGTERM or SIGHUP and when the npm that started us is gone, with "failed" by us. */
  stopping: AbortSignal;
  /** Aborted by a second one, at least a second later: end at once. */
  forced: AbortSignal;
  /** Stops from within, because of a failure. Changes nothing when a stop was asked for before. */
  stop(): void;
}

// A terminal sends Ctrl-C to every process of the group and npm passes it on as well: the same wish arrives up to three times.
const echoMs = 1000;

/** From here on the process no longer dies of a signal: the signals become requests, and whoever works must look at them. */
export function stopRequests(): StopRequests {
  const stopping = new AbortController();
  const forced = new AbortController();
  let firstAt = 0;
  const request = () => {
    if (!stopping.signal.aborted) {
      firstAt = Date.now();
      stopping.abort("asked");
    } else if (Date.now() - firstAt > echoMs) forced.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const) process.on(signal, request);
  process.on("uncaughtException", (error) => {
    console.error(error);
    process.exitCode = 1;
    stopping.abort("failed");
  });
  onceOrphaned(() => stopping.abort("asked"));
  return { stopping: stopping.signal, forced: forced.signal, stop: () => stopping.abort("failed") };
}
