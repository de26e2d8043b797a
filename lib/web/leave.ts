import "server-only";
import { house } from "./house.ts";

/** On Ctrl-C or SIGTERM the open event streams are closed with a hint to come back, so that Next's own shutdown finds nothing to wait for. */
export function leaveOnSignal(): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      house.streams.closeAll();
      setTimeout(() => process.exit(0), 8_000).unref(); // the last resort; measured exit is 0.3 s
    });
  }
}
