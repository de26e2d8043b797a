import { isOutage } from "#db/is-outage.ts";
import { Fenced } from "./event-writer.ts";

/** The reader asked to stop now. */
export class StoppedByReader extends Error {
  override name = "StoppedByReader" as const;
}

/** The reader paused the run: the log says so, and no worker has it. */
export class PausedByReader extends Error {
  override name = "PausedByReader" as const;
}

/** Whether an error says that the run is not over, or is another worker's: its job comes back, and the log tells where it stood. */
export const isNotOurs = (error: unknown, signal: AbortSignal): boolean => signal.aborted || error instanceof Fenced || isOutage(error);
