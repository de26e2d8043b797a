import type { FailureReason } from "#lib/domain/outcome.ts";

/** Why an address gave no document. `detail` is one short sentence for people. */
export interface FailedFetch {
  ok: false;
  reason: FailureReason;
  detail: string;
  /** How long the server asked us to wait, where it did; or how long nothing will come of another try. */
  retryAfterMs?: number;
}

export const failedFetch = (reason: FailureReason, detail: string): FailedFetch => ({ ok: false, reason, detail });
