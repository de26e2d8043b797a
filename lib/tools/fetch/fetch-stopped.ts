import type { FailureReason } from "#lib/domain/outcome.ts";

/** Carries a closed reason out of a socket or a stream, where a failure can only travel as an error. Never leaves `safeFetch`. */
export class FetchStopped extends Error {
  override name = "FetchStopped" as const;
  readonly reason: FailureReason;

  constructor(reason: FailureReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
