import type { FailureReason } from "#lib/domain/outcome.ts";

/** Why a file cannot be read. `detail` is a clause for people that can follow a colon. */
export interface FileFailure {
  ok: false;
  reason: FailureReason;
  detail: string;
}

export const fileFailure = (reason: FailureReason, detail: string): FileFailure => ({ ok: false, reason, detail });
